"""Saved pages of real publishers: scanned without an error and without a change, painted where the server said.

What is painted is compared with a list that a person has read (see ``reviewed``): a detector that paints something else
fails here until somebody has looked at it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED, markup, painted_ranges, put_together, without_spaces
from tests.extension.readable_text import readable_text, without_space
from tests.extension.recording_server import RecordingServer
from tests.extension.reviewed import accept, difference, pages_reviewed, painted_of
from tests.extension.scanning import set_auto_scan, wait_until_scanned
from tests.extension.server_verdicts import PAINTED_LABELS, Statement

pytestmark = pytest.mark.data

SCAN_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.1
WITHOUT_VISIBLE_TEXT = {"seattletimes-1/source.html"}  # hides everything until scripts come that were not saved


def saved_page_names() -> list[str]:
    """The pages of the data folder; collected before any fixture runs, hence not the fixture ``data_dir``."""
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("PLUMBLINE_DATA") or root.parent / "shared" / "data") / "pages"
    pages = sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*.html") if path.name != "expected.html"
    )
    return [page for page in pages if page not in WITHOUT_VISIBLE_TEXT]


def expected_from(recorder: RecordingServer) -> set[Statement]:
    """What the server called painted in the blocks that it was sent; a text that a page says twice is sent once."""
    answered = [Statement(one["label"], text) for text, one in recorder.statements]
    return set(without_spaces([statement for statement in answered if statement.label in PAINTED_LABELS]))


@pytest.mark.browser
@pytest.mark.parametrize("page", saved_page_names())
def test_a_saved_page_is_painted_as_reviewed(
    browser: Browser,
    tab: Tab,
    saved_pages: PageServer,
    recorder: RecordingServer,
    page: str,
    pytestconfig: pytest.Config,
) -> None:
    tab.get(saved_pages.url(page))
    # one of the pages marks its root for three seconds while it waits for fonts that never come
    tab.wait_until("!document.documentElement.classList.contains('wf-loading')", "no more waiting for fonts")
    before = markup(tab)
    set_auto_scan(browser, tab, on=True)
    wait_until_scanned(browser, tab, SCAN_SECONDS, LOOK_EVERY_SECONDS)
    assert recorder.texts, "nothing was read"
    assert without_space(recorder.texts) == readable_text(tab)
    expected = expected_from(recorder)
    assert set(put_together(without_spaces(painted_ranges(tab)), expected)) == expected
    assert markup(tab) == before
    painted, words = painted_of(recorder.statements)
    if pytestconfig.getoption("accept_painted"):
        accept(page, painted)
    changed = difference(page, painted, words)
    set_auto_scan(browser, tab, on=False)
    tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")
    assert markup(tab) == before
    assert not changed, f"read this, then run again with --accept-painted:\n{changed}"


def test_the_reviewed_list_is_about_these_pages() -> None:
    pages = saved_page_names()
    if not pages:
        pytest.skip("the data folder has no saved pages")
    assert pages_reviewed() == pages
