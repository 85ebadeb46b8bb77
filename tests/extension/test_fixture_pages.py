"""Pages of every difficult kind: read as they should be, painted where the server said, unchanged, clean afterwards."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Tab
from tests.extension.card import wait_for_card, wait_until_closed
from tests.extension.page_server import NODE_MODULES, PageServer
from tests.extension.painting import (
    REGISTERED,
    markup,
    painted_as_added,
    put_together,
    wait_for_painting,
    without_spaces,
)
from tests.extension.recording_server import RecordingServer, recording
from tests.extension.scanning import set_auto_scan, wait_until_scanned
from tests.extension.scripted_server import scripted, statement
from tests.extension.server_verdicts import PAINTED_LABELS, Statement, painted_in

pytestmark = pytest.mark.browser

SCAN_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.1
SHEETS = """[document, ...[...document.querySelectorAll('*')].map((one) => one.shadowRoot).filter(Boolean)]
  .flatMap((root) => [root, ...[...root.querySelectorAll('*')].map((one) => one.shadowRoot).filter(Boolean)])
  .reduce((sum, root) => sum + root.adoptedStyleSheets.length, 0)"""
PAINTED_IN_STORY = """[...CSS.highlights.values()].flatMap((ranges) => [...ranges])
  .filter((range) => range.startContainer.parentElement?.closest('#story p')).map(String).join('')"""
TEXTS = "[...document.querySelectorAll({selector!r})].map((one) => one.textContent)"


@dataclass(frozen=True)
class Page:
    """A page that stays as it is, and an expression for the texts that are to leave it."""

    name: str
    texts: str


LIGHT, BRINMORE, DUNWICK, ELMSBURY, HEXLEY, FAIRHOLLOW = (
    "A Facebook post says a video shows the mayor of Ashford burning thousands of ballots.",
    "A Facebook post says a photo shows the mayor of Brinmore hiding boxes of ballots.",
    "A viral image shows the mayor of Dunwick being arrested by Marines for treason.",
    "A Facebook post says a photo shows the mayor of Elmsbury in a Nazi uniform at a public school.",
    "A Facebook post says a video shows the mayor of Hexley burning thousands of ballots.",
    "A viral image shows the mayor of Fairhollow being arrested by Marines for treason.",
)
IN_SHADOW = [LIGHT, BRINMORE, DUNWICK, ELMSBURY, HEXLEY]

PAGES = [
    Page("shadow.html", repr(IN_SHADOW)),
    Page("editor.html", TEXTS.format(selector="main > p")),
    Page("strict_policy.html", TEXTS.format(selector="#claim")),
    Page("hostile.html", TEXTS.format(selector="#claim")),
]
LONG = Page("long.html", TEXTS.format(selector="p"))


def test_each_page_is_read_and_painted_without_changing_it(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    for page in PAGES:
        browser.back_office.evaluate("chrome.storage.session.clear()")
        with recording(running_server.address) as recorder:
            browser.write_storage("settings", {"serverAddress": recorder.address})
            check(browser, tab, pages, recorder, page)


def test_four_thousand_paragraphs(browser: Browser, tab: Tab, pages: PageServer) -> None:
    """Judged at once, since this is about the page and not about the server."""

    def judge(text: str) -> list[dict[str, Any]]:
        return [statement(text, "likely-false" if "Facebook" in text else "no-claim")]

    with scripted(judge) as server, recording(server.address) as recorder:
        browser.write_storage("settings", {"serverAddress": recorder.address})
        check(browser, tab, pages, recorder, LONG)


def check(browser: Browser, tab: Tab, pages: PageServer, recorder: RecordingServer, page: Page) -> None:
    """Scan a page: it is read as it should be, painted where the server said, unchanged, and clean afterwards."""
    tab.get(pages.url(page.name))
    texts, before, sheets = tab.evaluate(page.texts), markup(tab), tab.evaluate(SHEETS)
    set_auto_scan(browser, tab, on=True)
    wait_until_scanned(browser, tab, SCAN_SECONDS, LOOK_EVERY_SECONDS)
    assert sorted(recorder.texts) == sorted(texts)
    answered = {Statement(one["label"], text) for text, one in recorder.statements if one["label"] in PAINTED_LABELS}
    expected = without_spaces(sorted(answered))
    assert expected, "the model no longer judges these statements: choose others"
    found = put_together(without_spaces(painted_as_added(tab)), set(expected))
    assert sorted(found) == sorted(expected)
    assert markup(tab) == before
    set_auto_scan(browser, tab, on=False)
    tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")
    assert (markup(tab), tab.evaluate(SHEETS)) == (before, sheets)


def test_text_in_a_shadow_tree_is_read_and_painted_there(
    browser: Browser, tab: Tab, pages: PageServer, recorder: RecordingServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("shadow.html"))
    expected = painted_in(running_server.address, DUNWICK)
    path = "document.querySelector('#outer').shadowRoot.querySelector('#inner').shadowRoot.querySelector('p')"
    box = tab.evaluate(
        f"(() => {{ const all = new Range(); all.selectNodeContents({path}); const boxes = "
        "[...all.getClientRects()]; return [boxes[0], boxes.at(-1)]; })()"
    )
    tab.drag([box[0]["left"] + 1, box[0]["top"] + 8], [box[1]["right"] - 1, box[1]["bottom"] - 8])
    assert wait_for_card(tab).statements[0]["quote"] == DUNWICK
    assert recorder.texts == [DUNWICK]
    assert wait_for_painting(tab, expected) == expected
    (label, _) = expected[0]
    line = tab.call(
        f"(name) => getComputedStyle({path}, `::highlight(${{name}})`).textDecorationLine", f"plumbline-{label}"
    )
    assert line == "underline"

    tab.press("Escape")  # the card would lie over the button
    wait_until_closed(tab)
    set_auto_scan(browser, tab, on=True)
    wait_until_scanned(browser, tab)
    tab.click("#define")
    late = "[...CSS.highlights.values()].flatMap((one) => [...one]).some((range) => `${range}`.includes('Fairhollow'))"
    tab.evaluate("document.querySelector('#light').append(' ')")  # no observer tells of a shadow tree that is new
    tab.wait_until(late, "an element that is defined late painted")
    assert FAIRHOLLOW in recorder.texts


@pytest.mark.node
def test_react_can_render_again_under_the_marks(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    if not (NODE_MODULES / "react" / "umd").is_dir():
        pytest.skip("React is not installed: python3 scripts/test.py installs it, or `npm ci` in tests/extension")
    tab.get(pages.url("react.html"))
    posts = tab.wait_until(TEXTS.format(selector=".post"), "React has rendered")
    set_auto_scan(browser, tab, on=True)
    expected = painted_in(running_server.address, *posts)
    assert wait_for_painting(tab, expected) == expected
    for count in range(1, 4):
        tab.click("#render")
        tab.wait_until(f"document.querySelector('#count').textContent.includes(' {count} ')", "React has rendered")
        shown = tab.evaluate(TEXTS.format(selector=".post"))
        assert len(shown) == (2 if count % 2 else 3), "React lost its page"
        expected = painted_in(running_server.address, *shown)
        assert wait_for_painting(tab, expected) == expected


def test_added_and_replaced_text_is_read_and_removed_text_forgotten(
    browser: Browser, tab: Tab, pages: PageServer
) -> None:
    """A feed without an end, and a page that shows another story without a load."""
    with scripted(lambda text: [statement(text, "false", basis="fact-check")]) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("feed.html"))
        set_auto_scan(browser, tab, on=True)
        for _ in range(6):
            number = tab.evaluate("number")
            tab.evaluate("(scrollTo(0, 0), scrollTo(0, document.documentElement.scrollHeight))")
            tab.wait_until(f"number > {number}", "the feed has grown")
        shown = tab.evaluate(TEXTS.format(selector="#feed article"))
        expected = sorted(Statement("false", text) for text in shown)
        assert wait_for_painting(tab, expected) == expected
        assert len(set(server.texts)) == len(server.texts), "a post was sent twice"

        tab.get(pages.url("single_page.html"))
        for _ in range(2):
            expected = [Statement("false", tab.evaluate("document.querySelector('#story p').textContent"))]
            tab.wait_until(f"{PAINTED_IN_STORY} === {json.dumps(expected[0].text)}", "the story painted, and no other")
            tab.click("#next")
