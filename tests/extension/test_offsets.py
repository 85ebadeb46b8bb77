"""Exactly the right characters: what is painted is what the server judged, whatever stands before it in the text."""

from __future__ import annotations

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Tab
from tests.extension.engine import painted_in
from tests.extension.page_server import PageServer
from tests.extension.painting import painted_ranges, put_together, wait_for_painting, without_spaces
from tests.extension.recording_server import RecordingServer
from tests.extension.scanning import set_auto_scan, wait_until_scanned

pytestmark = pytest.mark.browser

# What has to be painted in each paragraph of accents.html, written down and not asked from the server: offsets that are
# wrong in the same way on both sides would agree with each other.
PAINTED_SENTENCES = {
    "emoji": "A viral video shows election workers in Crème-sur-Öse 🏛️ burning ballots for Zoë Müller 🔥🔥.",
    "accents": "Facebook posts say the COVID-19 vaccine 💉 injects a microchip made by Bill Gates into Zoë’s arm 🧬!",
    "tail": "Facebook posts say a video shows Joe Biden 🙂 being arrested by Marines 🥩🥩🥩",
}


def text_of(tab: Tab, identifier: str) -> str:
    text: str = tab.call("(identifier) => document.getElementById(identifier).textContent", identifier)
    return text


@pytest.mark.parametrize("paragraph", PAINTED_SENTENCES)
def test_selection_behind_emoji_and_accents(
    tab: Tab, pages: PageServer, running_server: RunningServer, paragraph: str
) -> None:
    tab.get(pages.url("accents.html"))
    text = text_of(tab, paragraph)
    expected = painted_in(running_server.address, text)
    assert PAINTED_SENTENCES[paragraph] in [statement.text for statement in expected]
    tab.select_with_mouse(text, f"#{paragraph}")
    assert wait_for_painting(tab, expected) == expected


def test_auto_scan_behind_emoji_and_accents(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("accents.html"))
    expected = painted_in(running_server.address, *(text_of(tab, paragraph) for paragraph in PAINTED_SENTENCES))
    assert {statement.text for statement in expected} >= set(PAINTED_SENTENCES.values())
    set_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, expected) == expected


def test_auto_scan_through_inline_markup(
    browser: Browser, tab: Tab, pages: PageServer, recorder: RecordingServer, running_server: RunningServer
) -> None:
    """A run of white space is one space, a line break ends a line, and what nobody sees is not there."""
    texts = [
        "Nobody saw it. A Facebook post says a photo shows the mayor of New York marching with members of the Ku Klux "
        "Klan. It rained.",
        "An old Facebook post claims that the coronavirus vaccine changes the DNA of everyone who takes it.",
        "The first line of an address\nA viral image shows Barack Obama being arrested by Marines for treason.",
        "A\u00a0Facebook post says a\u00a0video shows wind tur\u00adbines catching fire in\u00a0Texas and killing "
        "40\u00a0million birds.",
    ]
    expected = without_spaces(painted_in(running_server.address, *texts))
    assert len(expected) >= len(texts), "the model no longer judges these statements: choose others"
    tab.get(pages.url("inline_markup.html"))
    set_auto_scan(browser, tab, on=True)
    wait_until_scanned(browser, tab)
    assert set(recorder.texts) == set(texts)
    assert sorted(put_together(without_spaces(painted_ranges(tab)), expected)) == sorted(expected)


def test_right_to_left_text(browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer) -> None:
    tab.get(pages.url("right_to_left.html"))
    texts = tab.evaluate("[...document.querySelectorAll('p')].map((paragraph) => paragraph.textContent)")
    expected = painted_in(running_server.address, *texts)
    assert expected, "the model no longer judges the English statement: choose another"
    set_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, expected) == expected
