"""What is sent is what the reader chose: by touch, after a question, and never what a script selected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.card import HOST, click_in_card, wait_for_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.scripted_server import ScriptedServer, scripted, statement

pytestmark = pytest.mark.browser

CLAIM = "A Facebook post says a video shows the mayor of Ashford burning thousands of ballots."
TAPPED = "The old bridge of Ashford was sold to nobody."
ADD = """(text) => { const added = document.createElement('p');
  added.id = 'tapped'; added.textContent = text; document.querySelector('main').append(added); }"""
SELECT = "getSelection().selectAllChildren(document.querySelector('{selector}'))"
PLACE = "(({{left, top}}) => [left + 40, top + 8])(document.querySelector('{selector}').getBoundingClientRect())"


@pytest.fixture
def server(browser: Browser) -> Iterator[ScriptedServer]:
    with scripted(lambda text: [statement(text)]) as running:
        browser.write_storage("settings", {"serverAddress": running.address})
        yield running


def test_ask_first_sends_nothing_before_the_reader_presses_the_button(
    browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    browser.write_storage("settings", {"serverAddress": server.address, "askFirst": True})
    tab.get(pages.url("hostile.html"))
    tab.select_with_mouse(CLAIM, "#claim")
    card = wait_for_card(tab)
    assert card.state == "chip"
    assert card.rectangle["height"] < 50
    assert card.rectangle["width"] < 250
    tab.evaluate(f"document.querySelector('{HOST}').shadowRoot.querySelector('[part=chip]').click()")
    tab.press("Escape")
    wait_until_closed(tab)
    tab.evaluate("getSelection().removeAllRanges()")  # what is selected already would be dragged
    part = CLAIM.removesuffix(" of ballots.")
    tab.select_with_mouse(part, "#claim")
    wait_for_card(tab)
    click_in_card(tab, '[part="chip"]')
    verdict = f"document.querySelector('{HOST}')?.shadowRoot.querySelector('[part=statement]') !== null"
    tab.wait_until(verdict, "the verdict")
    assert server.texts == [part], "something was sent that nobody pressed the button for"


def test_touch_and_keyboard_selections_show_the_button_but_taps_and_scripts_do_not(
    tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    """The driver has no handles to draw: a script moves the selection as they would."""
    tab.get(pages.url("hostile.html"))
    tab.call(ADD, TAPPED)
    tab.click("#selects")
    tab.wait_until("String(getSelection()).length > 20", "the page's own selection")
    x, y = tab.evaluate(PLACE.format(selector="#tapped"))
    tab.touch(x, y, 0)
    tab.evaluate(SELECT.format(selector="#tapped"))
    # longer than what the extension waits after a touch: a selection that counted would have been sent by its end
    x, y = tab.evaluate(PLACE.format(selector="#claim"))
    tab.touch(x, y, 600)
    assert server.texts == [], "what a script selected of a click or a tap was sent"
    tab.evaluate(SELECT.format(selector="#claim"))
    assert wait_for_card(tab).state == "verdict"
    assert server.texts == [CLAIM]
    tab.press("Escape")
    wait_until_closed(tab)
    tab.press("Control", "a")
    wait_for_card(tab)
    assert server.texts[1:]
    assert CLAIM in server.texts[1]
