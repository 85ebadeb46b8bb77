"""What is sent is what the reader chose: by touch, after a question, and never what a script selected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.card import HOST, card_of, wait_for_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.scripted_server import ScriptedServer, scripted, statement
from tests.extension.test_card import click_in_card

pytestmark = pytest.mark.browser

CLAIM = "A Facebook post says a video shows the mayor of Ashford burning thousands of ballots."
A_WHILE = "new Promise((resolve) => setTimeout(resolve, 600))"  # that nothing happens cannot be waited for
SELECT_CLAIM = "getSelection().selectAllChildren(document.querySelector('#claim'))"


@pytest.fixture
def server(browser: Browser) -> Iterator[ScriptedServer]:
    with scripted(lambda text: [statement(text)]) as running:
        browser.write_storage("settings", {"serverAddress": running.address})
        yield running


@pytest.fixture
def page(tab: Tab, pages: PageServer, server: ScriptedServer) -> Tab:
    tab.get(pages.url("hostile.html"))
    return tab


@pytest.fixture
def asking(browser: Browser, page: Tab, server: ScriptedServer) -> Tab:
    browser.write_storage("settings", {"serverAddress": server.address, "askFirst": True})
    page.reload()
    return page


def test_nothing_is_sent_before_the_button_is_pressed(asking: Tab, server: ScriptedServer) -> None:
    asking.select_with_mouse(CLAIM, "#claim")
    assert wait_for_card(asking).state == "chip"
    assert server.texts == []
    click_in_card(asking, '[part="chip"]')
    asking.wait_until(
        f"document.querySelector('{HOST}')?.shadowRoot.querySelector('[part=statement]') !== null", "verdict"
    )
    assert server.texts == [CLAIM]


def test_the_button_is_small_and_goes_with_escape(asking: Tab, server: ScriptedServer) -> None:
    asking.select_with_mouse(CLAIM, "#claim")
    box = wait_for_card(asking).rectangle
    assert box["height"] < 50
    assert box["width"] < 250
    asking.press("Escape")
    wait_until_closed(asking)
    assert server.texts == []


def test_a_script_cannot_press_the_button(asking: Tab, server: ScriptedServer) -> None:
    asking.select_with_mouse(CLAIM, "#claim")
    wait_for_card(asking)
    asking.evaluate(f"document.querySelector('{HOST}').shadowRoot.querySelector('[part=chip]').click()")
    asking.evaluate(A_WHILE)
    assert server.texts == []


def test_a_selection_that_a_script_makes_of_a_click_is_not_sent(page: Tab, server: ScriptedServer) -> None:
    page.click("#selects")
    page.wait_until("String(getSelection()).length > 20", "the page's own selection")
    page.evaluate(A_WHILE)
    assert card_of(page) is None
    assert server.texts == []


def test_a_long_touch_selects(page: Tab, server: ScriptedServer) -> None:
    """The driver has no handles to draw: a script moves the selection as they would."""
    x, y = page.evaluate(
        "(({left, top}) => [left + 40, top + 8])(document.querySelector('#claim').getBoundingClientRect())"
    )
    page.touch(x, y, 600)
    page.evaluate(SELECT_CLAIM)
    assert wait_for_card(page).state == "verdict"
    assert server.texts == [CLAIM]


def test_a_tap_selects_nothing(page: Tab, server: ScriptedServer) -> None:
    x, y = page.evaluate(
        "(({left, top}) => [left + 40, top + 8])(document.querySelector('#claim').getBoundingClientRect())"
    )
    page.touch(x, y, 0)
    page.evaluate(SELECT_CLAIM)
    page.evaluate(A_WHILE)
    assert server.texts == []


def test_select_all_by_keyboard_is_the_readers(page: Tab, server: ScriptedServer) -> None:
    page.press("Control", "a")
    wait_for_card(page)
    assert server.texts
    assert CLAIM in server.texts[0]
