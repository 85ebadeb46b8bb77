"""The card stands beside its text, however the page is zoomed, scaled or moved, and whatever it hides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.card import wait_for_card, wait_until_closed
from tests.extension.page_server import PAGES, PageServer
from tests.extension.scripted_server import ScriptedServer, scripted, statement

pytestmark = pytest.mark.browser

GAP = 6
CARD_WIDTH = 380
WORDS = "COVID-19 vaccines contain"
SELECTED = "getSelection().getRangeAt(0).getBoundingClientRect().toJSON()"
NAMES = sorted(path.name for path in (PAGES / "placing").glob("*.html"))


@pytest.fixture
def server(browser: Browser) -> Iterator[ScriptedServer]:
    """Every text is false."""
    with scripted(lambda text: [statement(text, "false")]) as running:
        browser.write_storage("settings", {"serverAddress": running.address})
        yield running


def test_the_card_opens_beside_the_selection(tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    for name in NAMES:
        tab.get(pages.url(f"placing/{name}"))
        tab.select_with_mouse(WORDS, "#p")
        card = wait_for_card(tab).rectangle
        text = tab.evaluate(SELECTED)
        assert abs(card["top"] - text["bottom"] - GAP) <= 1, name
        assert round(card["width"]) == CARD_WIDTH, name
        if tab.evaluate("getComputedStyle(document.documentElement).direction") == "ltr":
            assert abs(card["left"] - text["left"]) <= 1, name

    tab.get(pages.url("placing/root_zoomed_lower.html"))
    tab.select_with_mouse(WORDS, "#p")
    wait_for_card(tab)
    text = tab.evaluate(SELECTED)
    tab.click_at(900, 650)
    wait_until_closed(tab)
    tab.click_at(text["left"] + text["width"] / 2, text["top"] + text["height"] / 2)
    card = wait_for_card(tab).rectangle
    assert abs(card["top"] - text["bottom"] - GAP) <= 1, "a mark in a zoomed page is not found under the pointer"
