"""What is judged of a selection is the sentence that the reader sees, or nothing."""

from __future__ import annotations

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.card import wait_for_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.painting import painted
from tests.extension.scripted_server import scripted, statement
from tests.extension.test_shortcuts import press_shortcut

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
NOT_READ = {"math": "may not be read", "img": "may not be read", "before": "No statement was found"}
SELECT = "(id) => getSelection().selectAllChildren(document.getElementById(id))"


def test_a_selection_is_judged_as_the_reader_sees_it_or_not_at_all(
    browser: Browser, tab: Tab, pages: PageServer
) -> None:
    quoted: dict[str, list[str]] = {}
    with scripted(lambda text: [statement(text, "false")]) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("reading/parts_of_sentences.html"))
        for name in [*READ, *NOT_READ]:
            tab.call(SELECT, name)
            press_shortcut(browser, tab, "check-selection")
            card = wait_for_card(tab)
            quoted[name] = [one["quote"] for one in card.statements]
            assert NOT_READ.get(name, "") in card.text
            assert (painted(tab) != []) == (name in READ)
            tab.press("Escape")
            wait_until_closed(tab)
    assert quoted == {name: [text] for name, text in READ.items()} | {name: [] for name in NOT_READ}
