"""A reader's own colours forced on a page, and the lines that are drawn there."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.extension.browsers import Browser, Chromium, Firefox, Tab
from tests.extension.browsers.page import PATIENCE_SECONDS, POLL_SECONDS

LINES = "plumbline-lines"
PATHS = """(root) => Object.fromEntries([...root.querySelectorAll('path')]
  .map((path) => [path.dataset.label, path.getAttribute('d') ?? '']))"""
START = re.compile(r"M(-?[\d.]+) (-?[\d.]+)")


@contextmanager
def colours_forced(browser: Browser, tab: Tab, scheme: str = "light") -> Iterator[None]:
    """The colours of a reader who likes light or dark ones, forced on a tab; in Firefox on every tab."""
    if isinstance(browser, Firefox):
        browser.force_colours(scheme)
        try:
            yield
        finally:
            browser.leave_colours()
    else:
        assert isinstance(browser, Chromium)
        force_colours(browser, tab, scheme)
        yield


def force_colours(browser: Chromium, tab: Tab, scheme: str = "light", forced: bool = True) -> None:
    """Force the colours of a reader who likes light or dark ones on a tab."""
    features = [
        {"name": "forced-colors", "value": "active" if forced else "none"},
        {"name": "prefers-color-scheme", "value": scheme},
    ]
    browser.devtools(tab, "Emulation.setEmulatedMedia", features=features)


def lines_of(tab: Tab) -> dict[str, list[tuple[float, float]]]:
    """Where the drawn lines begin, in pixels of the page, by label; of labels that have some."""
    paths = tab.call_with_shadow_root(LINES, PATHS) or {}
    starts = {label: [(float(x), float(y)) for x, y in START.findall(path)] for label, path in paths.items()}
    return {label: found for label, found in starts.items() if found}


def wait_for_lines(tab: Tab, counts: dict[str, int]) -> None:
    """Return as soon as there are so many drawn lines of each label."""
    _wait(tab, lambda lines: {label: len(found) for label, found in lines.items()} == counts, f"{counts} lines")


def wait_for_line_at(tab: Tab, label: str, y: float) -> None:
    """Return as soon as a line of a label is drawn at a height of the page."""
    _wait(tab, lambda lines: any(abs(found - y) < 2 for _, found in lines.get(label, [])), f"{label} at {y}")


def _wait(tab: Tab, are_expected: Callable[[dict[str, list[tuple[float, float]]]], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not are_expected(lines := lines_of(tab)):
        if time.monotonic() > deadline:
            raise TimeoutError(f"expected: {what}; drawn: {lines}")
        time.sleep(POLL_SECONDS)
