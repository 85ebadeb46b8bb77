"""Exactly the right characters: what is painted is what the server judged, whatever stands before it in the text."""

from __future__ import annotations

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Tab
from tests.extension.page_server import PageServer
from tests.extension.painting import painted_ranges, put_together, wait_for_painting, without_spaces
from tests.extension.recording_server import RecordingServer
from tests.extension.scanning import set_auto_scan, wait_until_scanned
from tests.extension.server_verdicts import painted_in

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


def test_the_painted_text_is_the_judged_text_whatever_characters_precede_it(
    browser: Browser, tab: Tab, pages: PageServer, recorder: RecordingServer, running_server: RunningServer
) -> None:
    """Emoji and accents, by selection and by scan; text that runs from right to left; inline markup and white space."""
    for paragraph, sentence in PAINTED_SENTENCES.items():
        tab.get(pages.url("accents.html"))
        text = text_of(tab, paragraph)
        expected = painted_in(running_server.address, text)
        assert sentence in [statement.text for statement in expected], paragraph
        tab.select_with_mouse(text, f"#{paragraph}")
        assert wait_for_painting(tab, expected) == expected, paragraph

    tab.get(pages.url("accents.html"))
    expected = painted_in(running_server.address, *(text_of(tab, paragraph) for paragraph in PAINTED_SENTENCES))
    assert {statement.text for statement in expected} >= set(PAINTED_SENTENCES.values())
    set_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, expected) == expected

    tab.get(pages.url("right_to_left.html"))
    expected = painted_in(
        running_server.address, *tab.evaluate("[...document.querySelectorAll('p')].map((p) => p.textContent)")
    )
    assert expected, "the model no longer judges the English statement: choose another"
    assert wait_for_painting(tab, expected) == expected

    # a run of white space is one space, a line break ends a line, and what nobody sees is not there
    asked = len(recorder.texts)
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
    wait_until_scanned(browser, tab)
    assert set(recorder.texts[asked:]) == set(texts)
    assert sorted(put_together(without_spaces(painted_ranges(tab)), expected)) == sorted(expected)
