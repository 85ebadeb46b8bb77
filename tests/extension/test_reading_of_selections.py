"""What is judged of a selection is the sentence that the reader sees, or nothing."""

from __future__ import annotations

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.card import wait_for_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.painting import painted_ranges, without_spaces
from tests.extension.scripted_server import scripted, statement
from tests.extension.shortcuts import press_shortcut

pytestmark = pytest.mark.browser

MICROCHIPS = "The COVID-19 vaccines contain microchips."
DENIED = "The COVID-19 vaccines do not contain microchips."
READ = {
    "cap": MICROCHIPS,
    "cap2": MICROCHIPS,
    "srt": MICROCHIPS,
    "btn": DENIED,
    "ah": DENIED,
    "br": MICROCHIPS,
    "del": "The COVID-19 vaccines are free.",
    "sup": f"{MICROCHIPS} The 2020 election was stolen.",
    "ruby": MICROCHIPS,
    "ins": "The 2020 election was not stolen.",
}
NOT_READ = {"math": "not allowed to read part", "img": "not allowed to read part", "before": "No statement was found"}
SELECT = "(id) => getSelection().selectAllChildren(document.getElementById(id))"


def test_a_selection_judges_only_what_the_reader_sees(browser: Browser, tab: Tab, pages: PageServer) -> None:
    quoted, marked, notices = {}, {}, {}
    with scripted(lambda text: [statement(text, "false")]) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("reading/parts_of_sentences.html"))
        for name in [*READ, *NOT_READ]:
            tab.call(SELECT, name)
            press_shortcut(browser, tab, "check-selection")
            card = wait_for_card(tab)
            quoted[name] = "".join(one["quote"] for one in card.statements)
            marked[name] = "".join(one.text for one in without_spaces(painted_ranges(tab)))
            notices[name] = card.text
            tab.press("Escape")
            wait_until_closed(tab)
    expected = READ | dict.fromkeys(NOT_READ, "")
    assert quoted == expected
    assert marked == {name: "".join(text.split()) for name, text in expected.items()}
    assert {name: words for name, words in NOT_READ.items() if words not in notices[name]} == {}
