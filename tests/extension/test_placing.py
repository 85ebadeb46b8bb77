"""The card stands beside its text, however the page is zoomed, scaled or moved, and whatever it hides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.card import card_of, wait_for_card, wait_until_closed
from tests.extension.page_server import PAGES, PageServer
from tests.extension.scripted_server import scripted, statement

pytestmark = pytest.mark.browser

GAP = 6
CARD_WIDTH = 380
SELECTED = "getSelection().getRangeAt(0).getBoundingClientRect().toJSON()"
NAMES = sorted(path.name for path in (PAGES / "placing").glob("*.html"))


@pytest.fixture(autouse=True)
def _server(browser: Browser) -> Iterator[None]:
    with scripted(lambda text: [statement(text, "false")]) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        yield


@pytest.mark.parametrize("name", NAMES)
def test_the_card_stands_beside_what_was_selected(tab: Tab, pages: PageServer, name: str) -> None:
    tab.get(pages.url(f"placing/{name}"))
    tab.select_with_mouse("COVID-19 vaccines contain", "#p")
    card = wait_for_card(tab).rectangle
    text = tab.evaluate(SELECTED)
    assert abs(card["top"] - text["bottom"] - GAP) <= 1
    assert round(card["width"]) == CARD_WIDTH
    if tab.evaluate("getComputedStyle(document.documentElement).direction") == "ltr":
        assert abs(card["left"] - text["left"]) <= 1


def test_a_mark_in_a_zoomed_page_is_found_under_the_pointer(tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("placing/root_zoomed_lower.html"))
    tab.select_with_mouse("COVID-19 vaccines contain", "#p")
    wait_for_card(tab)
    text = tab.evaluate(SELECTED)
    tab.click_at(900, 650)
    wait_until_closed(tab)
    tab.click_at(text["left"] + text["width"] / 2, text["top"] + text["height"] / 2)
    wait_for_card(tab)
    card = card_of(tab)
    assert card is not None
    assert abs(card.rectangle["top"] - text["bottom"] - GAP) <= 1
