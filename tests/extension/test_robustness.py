"""When something breaks, the extension reports it, goes on, or leaves the page without a trace."""

from __future__ import annotations

import pytest

from tests.conftest import RunningServer
from tests.extension.article import expected_painting
from tests.extension.browsers import Browser, Chromium, Firefox, Tab
from tests.extension.card import card_of, wait_for_card, wait_past_selection
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED, markup, wait_for_painting
from tests.extension.scanning import set_auto_scan
from tests.extension.scripted_server import HeldJudge, scripted

pytestmark = pytest.mark.browser

BRIDGE = "The old bridge carried about 9,400 cars a day last year"
REPAIR = "and the state paid for 60 percent of its repair"


@pytest.mark.parametrize("running_browser", ["firefox"], indirect=True)
def test_a_request_is_repeated_when_the_background_was_stopped(browser: Browser, tab: Tab, pages: PageServer) -> None:
    """Firefox stops one that waits; Chromium does not, and stopped by its debugger it may never start again."""
    judge = HeldJudge()
    with scripted(judge) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("article.html"))
        tab.select_with_mouse(BRIDGE, "#bridge")
        assert judge.asked.wait(15)
        assert isinstance(browser, Firefox)
        browser.stop_background()
        judge.may_answer.set()
        assert wait_for_card(tab).statements[0]["quote"] == BRIDGE
        assert set(server.texts) == {BRIDGE}


def test_marks_return_after_the_page_clears_highlights_or_is_restored_from_the_cache(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("article.html"))
    expected = expected_painting(tab, running_server.address)
    set_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, expected) == expected
    tab.evaluate("(CSS.highlights.clear(), document.adoptedStyleSheets = [], true)")
    tab.hover_at(300, 300)
    assert wait_for_painting(tab, expected) == expected
    assert tab.evaluate("document.adoptedStyleSheets.length") == 1
    tab.get(pages.url("dark.html"))
    tab.go_back(pages.url("article.html"))
    assert wait_for_painting(tab, expected) == expected
    tab.select_with_mouse(BRIDGE, "#bridge")
    assert wait_for_card(tab).state == "verdict"


def test_reloading_the_extension_cleans_up_open_pages(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    """Chromium leaves the old scripts, which say so once; Firefox ends them and starts the new ones."""
    tab.get(pages.url("article.html"))
    before = markup(tab)
    set_auto_scan(browser, tab, on=True)
    tab.wait_until(f"{REGISTERED}.length > 0", "something painted")
    browser.install_again()
    tab.activate()
    tab.select_with_mouse(BRIDGE, "#bridge")
    card = wait_for_card(tab)
    if isinstance(browser, Chromium):
        assert (card.state, tab.evaluate(REGISTERED)) == ("notice", [])
        assert "Reload this page" in card.text
        tab.press("Escape")
        assert markup(tab) == before
        tab.select_with_mouse(REPAIR, "#bridge")
        wait_past_selection(tab)
        assert card_of(tab) is None, "it says so more than once"
        tab.reload()
        tab.select_with_mouse(REPAIR, "#bridge")
        card = wait_for_card(tab)
    assert card.state == "verdict"
    assert tab.evaluate("document.querySelectorAll('plumbline-card').length") == 1
