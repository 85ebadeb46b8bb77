"""Whatever breaks on the way: the extension says so, goes on, or leaves without a trace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import RunningServer
from tests.extension.article import expected_painting
from tests.extension.browsers import Browser, Chromium, Firefox, Tab
from tests.extension.card import HOST, card_of, wait_for_card
from tests.extension.conftest import import_rulings
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED, markup, painted, wait_for_painting
from tests.extension.scanning import set_auto_scan
from tests.extension.scripted_server import HeldJudge, scripted

pytestmark = pytest.mark.browser

BRIDGE = "The old bridge carried about 9,400 cars a day last year"
REPAIR = "and the state paid for 60 percent of its repair"
STATE = f"document.querySelector('{HOST}')?.shadowRoot.querySelector('[data-state]').dataset.state"
QUOTE = f"document.querySelector('{HOST}')?.shadowRoot.querySelector('[part=quote]')?.textContent"


def test_answers_out_of_order_never_show_an_earlier_selection(browser: Browser, tab: Tab, pages: PageServer) -> None:
    judge = HeldJudge(lambda text: text == BRIDGE)
    with scripted(judge) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("article.html"))
        tab.select_with_mouse(BRIDGE, "#bridge")
        tab.wait_until(f"{STATE} === 'checking'", "word that it takes a while")
        tab.select_with_mouse(REPAIR, "#bridge")
        tab.wait_until(f"{QUOTE} === {REPAIR!r}", "the verdict of the second selection")
        judge.may_answer.set()
        tab.evaluate("new Promise((resolve) => setTimeout(resolve, 300))")  # that nothing happens cannot be waited for
        assert tab.evaluate(QUOTE) == REPAIR
        assert [one.text for one in painted(tab)] == [REPAIR]


def test_a_slow_answer_is_announced_and_shown(browser: Browser, tab: Tab, pages: PageServer) -> None:
    judge = HeldJudge()
    with scripted(judge) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("article.html"))
        tab.select_with_mouse(BRIDGE, "#bridge")
        tab.wait_until(f"{STATE} === 'checking'", "word that it takes a while")
        judge.may_answer.set()
        assert wait_for_card(tab).statements[0]["quote"] == BRIDGE


def test_an_answer_that_is_no_longer_wanted_is_dropped(browser: Browser, tab: Tab, pages: PageServer) -> None:
    judge = HeldJudge()
    with scripted(judge) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("article.html"))
        tab.select_with_mouse(BRIDGE, "#bridge")
        assert judge.asked.wait(15)
        tab.click("h1")
        judge.may_answer.set()
        tab.evaluate("new Promise((resolve) => setTimeout(resolve, 500))")  # that nothing happens cannot be waited for
        assert card_of(tab) is None
        assert painted(tab) == []


@pytest.mark.parametrize("running_browser", ["firefox"], indirect=True)
def test_a_background_that_is_stopped_is_asked_again(browser: Browser, tab: Tab, pages: PageServer) -> None:
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


def test_a_server_that_comes_back_is_found_by_the_scan(
    browser: Browser, tab: Tab, pages: PageServer, start_server: Callable[..., RunningServer], tmp_path: Path
) -> None:
    import_rulings(tmp_path)
    first = start_server("--data-folder", str(tmp_path))
    browser.write_storage("settings", {"serverAddress": first.address})
    tab.get(pages.url("article.html"))
    expected = expected_painting(tab, first.address)
    first.process.kill()
    first.process.wait()
    set_auto_scan(browser, tab, on=True)
    assert painted(tab) == []
    again = start_server("--port", str(first.port), "--data-folder", str(tmp_path))
    assert again.port == first.port
    assert wait_for_painting(tab, expected, 30) == expected


def test_a_page_that_clears_every_highlight_gets_ours_back(
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


def test_a_page_that_comes_back_from_the_cache_of_pages_works_on(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("article.html"))
    expected = expected_painting(tab, running_server.address)
    set_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, expected) == expected
    tab.get(pages.url("dark.html"))
    tab.go_back(pages.url("article.html"))
    assert wait_for_painting(tab, expected) == expected
    tab.select_with_mouse(BRIDGE, "#bridge")
    assert wait_for_card(tab).state == "verdict"


def test_nothing_of_ours_is_printed(browser: Browser, tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    set_auto_scan(browser, tab, on=True)
    tab.wait_until(f"{REGISTERED}.length > 0", "something painted")
    tab.evaluate(
        "document.adoptedStyleSheets.every(({cssRules}) => cssRules[0].media.mediaText === 'screen') || fail()"
    )
    tab.select_with_mouse(BRIDGE, "#bridge")
    wait_for_card(tab)
    if isinstance(browser, Chromium):
        browser.devtools(tab, "Emulation.setEmulatedMedia", media="print")
        assert tab.evaluate(f"getComputedStyle(document.querySelector('{HOST}')).display") == "none"
        browser.devtools(tab, "Emulation.setEmulatedMedia", media="")


def test_an_extension_that_is_loaded_again_leaves_its_old_pages_in_order(
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
        tab.evaluate("new Promise((resolve) => setTimeout(resolve, 300))")  # that nothing happens cannot be waited for
        assert card_of(tab) is None, "it says so more than once"
        tab.reload()
        tab.select_with_mouse(REPAIR, "#bridge")
        card = wait_for_card(tab)
    assert card.state == "verdict"
    assert tab.evaluate("document.querySelectorAll('plumbline-card').length") == 1


def test_memory_of_what_is_gone_is_given_back(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    """A page that replaces its text again and again keeps no highlight of what is gone: an hour in a minute's time."""
    tab.get(pages.url("growing.html"))
    set_auto_scan(browser, tab, on=True)
    tab.wait_until(f"{REGISTERED}.length > 0", "something painted")
    tab.evaluate(
        """(async () => {
          const [first] = document.querySelectorAll('#posts p');
          for (let i = 0; i < 300; i += 1) {
            const copy = first.cloneNode(true);
            copy.firstChild.data += ' '.repeat(i % 7);
            document.querySelector('#posts').replaceChildren(copy);
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        })()"""
    )
    ranges = "[...CSS.highlights.values()].flatMap((one) => [...one])"
    tab.wait_until(f"{ranges}.some(({{startContainer}}) => startContainer.isConnected)", "the last one painted")
    assert tab.evaluate(f"{ranges}.length") == 1
