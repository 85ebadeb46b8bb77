"""For every reader: what axe finds, the focus, and marks that differ without colour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.extension.article import expected_painting
from tests.extension.browsers import Browser, Tab
from tests.extension.card import HOST, wait_for_card
from tests.extension.page_server import NODE_MODULES, PageServer
from tests.extension.painting import wait_for_painting
from tests.extension.popup import popup_about, switch_auto_scan

pytestmark = [pytest.mark.browser, pytest.mark.node]

RULES = (
    "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}"
)
READY = {
    "extension/options/options.html": "document.querySelector('#shortcuts').children.length > 0",
    "extension/welcome/welcome.html": "document.querySelector('#server').dataset.state === 'ready'",
}


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, https://github.com/dequelabs/axe-core."""
    source = NODE_MODULES / "axe-core" / "axe.min.js"
    if not source.is_file():
        pytest.skip("axe-core is not installed: python3 scripts/test.py installs it, or `npm ci` in tests/extension")
    return source.read_text(encoding="utf-8")


def violations(tab: Tab, axe: str, within: str = "document") -> list[str]:
    """What axe finds, with the elements, in words."""
    tab.call(f"() => {{ {axe}; return true; }}")
    found: list[dict[str, Any]] = tab.evaluate(
        f"axe.run({within}, {RULES}).then(({{violations}}) => violations.map(({{id, nodes}}) => "
        "({id, nodes: nodes.map(({target, failureSummary}) => [String(target), failureSummary])})))"
    )
    return [f"{one['id']}: {one['nodes']}" for one in found]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, browser: Browser, tab: Tab) -> Iterator[str]:
    """The colours that the tab prefers."""
    browser.set_scheme(tab, request.param)
    yield request.param
    browser.set_scheme(tab, "light")


@pytest.mark.parametrize("page", READY)
def test_pages(browser: Browser, tab: Tab, axe: str, page: str, scheme: str) -> None:
    tab.get(browser.extension_url(page))
    tab.wait_until(READY[page], "the page is complete")
    assert tab.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
    assert violations(tab, axe) == []


def test_popup_and_card(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer, axe: str, scheme: str
) -> None:
    tab.get(pages.url("article.html"))
    article = expected_painting(tab, running_server.address)
    switch_auto_scan(browser, tab, on=True)
    wait_for_painting(tab, article)
    with popup_about(browser, tab) as popup:
        browser.set_scheme(popup, scheme)
        popup.wait_until(f"document.querySelectorAll('#findings button').length === {len(article)}", "the findings")
        assert violations(popup, axe) == []
        popup.click("#findings button")
    wait_for_card(tab)
    host = f"document.querySelector('{HOST}')"
    assert violations(tab, axe, host) == []
    tab.press("Tab")
    focused = tab.evaluate(f"{host}.shadowRoot.activeElement.getAttribute('part')")
    assert focused == "body", "the first step leads into the card"
    for part in ("action", "action", "action", "close"):
        tab.press("Tab")
        assert tab.evaluate(f"{host}.shadowRoot.activeElement.getAttribute('part')") == part
    tab.press("Shift", "Tab")
    tab.press("Shift", "Tab")
    tab.press("Shift", "Tab")
    tab.press("Enter")
    tab.wait_until(f"{host}.shadowRoot.activeElement?.localName === 'input'", "the focus in the form")
    assert violations(tab, axe, host) == []


def test_marks_differ_by_shape_and_priority(root: Path) -> None:
    """No two labels share both the shape and the colour of their line, and no two shapes of one colour are alike."""
    source = (root / "extension" / "content" / "highlight-style.js").read_text(encoding="utf-8")
    lines = [line.split('underline: "')[1].split('"')[0] for line in source.splitlines() if 'underline: "' in line]
    shapes = [line.split()[0] for line in lines]
    assert len(lines) == len(set(lines)) == 6
    assert len({"wavy", "dashed", "double", "solid", "dotted"} & set(shapes)) == 5
