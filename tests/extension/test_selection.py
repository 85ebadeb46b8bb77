"""Selecting text by mouse or keyboard shows the verdict beside it and paints it, without touching the page."""

from __future__ import annotations

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Tab
from tests.extension.card import wait_for_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.painting import markup, painted, wait_for_painting
from tests.extension.recording_server import RecordingServer
from tests.extension.server_verdicts import judge, painted_in

pytestmark = pytest.mark.browser

BALLOTS = (
    "A Facebook post says a video shows election workers in Harlow Creek burning thousands of ballots behind the town "
    "hall."
)
VACCINE = (
    "Another viral image claims that the COVID-19 vaccine contains a microchip that lets the government track everyone "
    "who takes it."
)
UNIFORM = "A Facebook post says a photo shows Barack Obama in a Nazi uniform in an American public school."
NEAR = 60  # CSS pixels between selection and card


def test_a_selection_by_mouse_shows_and_paints_its_verdict_without_changing_the_page(
    tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    expected = judge(running_server.address, BALLOTS)
    to_paint = painted_in(running_server.address, BALLOTS)
    assert to_paint, "the model no longer judges this statement: choose another"
    tab.get(pages.url("article.html"))
    as_published = tab.evaluate(
        "fetch(location.href).then((response) => response.text())"
        ".then((text) => new DOMParser().parseFromString(text, 'text/html').documentElement.outerHTML)"
    )
    before = markup(tab)
    assert (before, painted(tab)) == (as_published, []), "a page that is only read was changed"

    tab.select_with_mouse(BALLOTS, "#ballots")
    card = wait_for_card(tab)
    assert card.state == "verdict"
    assert [(one["label"], one["quote"]) for one in card.statements] == expected
    assert "Harlow Facts" in card.text, "the ruling that the label rests on is named"
    assert wait_for_painting(tab, to_paint) == to_paint

    selection = tab.evaluate("getSelection().getRangeAt(0).getBoundingClientRect()")
    box = card.rectangle
    gap = max(box["top"] - selection["bottom"], selection["top"] - box["bottom"])
    assert -1 <= gap <= NEAR, "the card covers the selection or is far from it"
    assert box["left"] >= 0
    assert box["top"] >= 0
    assert box["right"] <= tab.evaluate("innerWidth")
    assert box["bottom"] <= tab.evaluate("innerHeight")
    without_card = tab.evaluate(
        "(() => { const copy = document.documentElement.cloneNode(true);"
        " const cards = copy.querySelectorAll('plumbline-card'); cards.forEach((card) => card.remove());"
        " return [cards.length, copy.outerHTML]; })()"
    )
    assert without_card == [1, before], "the card is not the only node that was added"

    tab.press("Escape")
    wait_until_closed(tab)
    assert markup(tab) == before
    tab.select_with_mouse(UNIFORM, "#cell")
    wait_for_card(tab)
    tab.click("h1")
    wait_until_closed(tab)


def test_a_selection_by_keyboard_shows_and_paints_its_verdict(
    tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    expected = judge(running_server.address, VACCINE)
    to_paint = painted_in(running_server.address, VACCINE)
    assert to_paint, "the model no longer judges this statement: choose another"
    tab.get(pages.url("article.html"))
    tab.select_with_keyboard(VACCINE, "#vaccine")
    # first the painting: where the keys come slowly, parts of the selection are judged on the way
    assert wait_for_painting(tab, to_paint) == to_paint
    card = wait_for_card(tab)
    assert [(one["label"], one["quote"]) for one in card.statements] == expected


def test_only_the_selected_words_are_sent_as_one_text(
    tab: Tab, pages: PageServer, recorder: RecordingServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("article.html"))
    part = "The old bridge carried about 9,400 cars a day last year"
    tab.select_with_mouse(part, "#bridge")
    wait_for_card(tab)
    assert recorder.texts == [part]
    tab.get(pages.url("article.html"))
    paragraphs = [tab.evaluate(f"document.querySelector('{one}').textContent") for one in ("#ballots", "#bridge")]
    tab.select_with_mouse("\n".join(paragraphs), "article")
    wait_for_card(tab)
    assert recorder.texts[1:] == ["\n".join(paragraphs)]
    to_paint = painted_in(running_server.address, "\n".join(paragraphs))
    assert wait_for_painting(tab, to_paint) == to_paint


def test_styles_of_card_and_page_do_not_affect_each_other(
    tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    """The page's does not reach into the card, and the marks leave the text its colour."""
    looks = []
    for page, selector in (("article.html", "#ballots"), ("dark.html", "#claim")):
        tab.get(pages.url(page))
        text = tab.evaluate(f"document.querySelector('{selector}').textContent")
        tab.select_with_mouse(text, selector)
        wait_for_card(tab)
        looks.append(
            tab.call_with_shadow_root(
                "plumbline-card",
                """(root) => [...root.querySelectorAll('[part~="card"], [part~="label"], [part~="quote"]')].slice(0, 3)
                    .map((element) => getComputedStyle(element))
                    .map((style) => [style.fontSize, style.fontFamily, style.letterSpacing, style.color])""",
            )
        )
    assert looks[0] == looks[1]
    (statement,) = painted_in(running_server.address, text)
    style = tab.call(
        """(name) => { const painted = getComputedStyle(document.querySelector('#claim'), `::highlight(${name})`);
            return [painted.color, painted.textDecorationLine, painted.textDecorationStyle]; }""",
        f"plumbline-{statement.label}",
    )
    assert style == ["rgb(238, 238, 238)", "underline", {"false": "wavy", "true": "solid"}[statement.label]]
