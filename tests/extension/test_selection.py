"""Selecting text by mouse or keyboard shows the verdict beside it and paints it, without touching the page."""

from __future__ import annotations

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Tab
from tests.extension.card import HOST, card_of, wait_for_card, wait_until_closed
from tests.extension.engine import by_weight, judge, painted_in
from tests.extension.page_server import PageServer
from tests.extension.painting import markup, painted, wait_for_painting
from tests.extension.recording_server import RecordingServer
from tests.extension.scripted_server import scripted, statement

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


def test_selection_by_mouse_shows_and_paints_the_verdict(
    tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    expected = judge(running_server.address, BALLOTS)
    to_paint = painted_in(running_server.address, BALLOTS)
    assert to_paint, "the model no longer judges this statement: choose another"
    tab.get(pages.url("article.html"))
    tab.select_with_mouse(BALLOTS, "#ballots")
    card = wait_for_card(tab)
    assert card.state == "verdict"
    assert [(one["label"], one["quote"]) for one in card.statements] == expected
    assert wait_for_painting(tab, to_paint) == to_paint


def test_selection_by_keyboard_shows_and_paints_the_verdict(
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


def test_card_names_the_ruling_that_its_label_rests_on(tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    tab.select_with_mouse(BALLOTS, "#ballots")
    card = wait_for_card(tab)
    (statement,) = card.statements
    assert (statement["label"], statement["heading"]) == ("false", "False")
    assert "Harlow Facts" in card.text
    assert statement["probability"] is None
    assert statement["underlined"] == []


def test_two_words_are_called_too_short_and_one_is_passed_over(tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    tab.select_with_mouse("old bridge", "#bridge")
    card = wait_for_card(tab)
    assert card.state == "notice"
    assert "Too short" in card.text
    tab.press("Escape")
    wait_until_closed(tab)
    tab.select_with_mouse("bridge", "#bridge")
    tab.evaluate("new Promise((resolve) => setTimeout(resolve, 500))")  # that nothing comes cannot be waited for
    assert card_of(tab) is None


def test_card_stands_beside_the_selection_and_inside_the_window(tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    tab.select_with_mouse(BALLOTS, "#ballots")
    card = wait_for_card(tab).rectangle
    selection = tab.evaluate("getSelection().getRangeAt(0).getBoundingClientRect()")
    gap = max(card["top"] - selection["bottom"], selection["top"] - card["bottom"])
    assert -1 <= gap <= NEAR, "the card covers the selection or is far from it"
    assert card["left"] >= 0
    assert card["top"] >= 0
    assert card["right"] <= tab.evaluate("innerWidth")
    assert card["bottom"] <= tab.evaluate("innerHeight")


def test_escape_closes_the_card_and_the_page_is_what_it_was(tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    before = markup(tab)
    tab.select_with_mouse(BALLOTS, "#ballots")
    wait_for_card(tab)
    tab.press("Escape")
    wait_until_closed(tab)
    assert markup(tab) == before


def test_the_card_is_the_only_node_ever_added(tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    before = markup(tab)
    tab.select_with_mouse(BALLOTS, "#ballots")
    wait_for_card(tab)
    without_card = tab.evaluate(
        "(() => { const copy = document.documentElement.cloneNode(true);"
        " const cards = copy.querySelectorAll('plumbline-card'); cards.forEach((card) => card.remove());"
        " return [cards.length, copy.outerHTML]; })()"
    )
    assert without_card == [1, before]


def test_nothing_is_added_to_a_page_that_is_only_read(tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    as_published = tab.evaluate(
        "fetch(location.href).then((response) => response.text())"
        ".then((text) => new DOMParser().parseFromString(text, 'text/html').documentElement.outerHTML)"
    )
    assert markup(tab) == as_published
    assert painted(tab) == []


def test_a_click_outside_closes_the_card(tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    tab.select_with_mouse(BALLOTS, "#ballots")
    wait_for_card(tab)
    tab.click("h1")
    wait_until_closed(tab)


def test_only_the_selected_words_leave_the_page(tab: Tab, pages: PageServer, recorder: RecordingServer) -> None:
    tab.get(pages.url("article.html"))
    part = "The old bridge carried about 9,400 cars a day last year"
    tab.select_with_mouse(part, "#bridge")
    wait_for_card(tab)
    assert recorder.texts == [part]


def test_a_selection_over_two_paragraphs_is_one_text(
    tab: Tab, pages: PageServer, recorder: RecordingServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("article.html"))
    paragraphs = [tab.evaluate(f"document.querySelector('{one}').textContent") for one in ("#ballots", "#bridge")]
    start = tab.call("(selector) => document.querySelector(selector).textContent", "#ballots")
    assert start == paragraphs[0]
    tab.select_with_mouse("".join([paragraphs[0], "\n", paragraphs[1]]), "article")
    wait_for_card(tab)
    assert recorder.texts == ["\n".join(paragraphs)]
    to_paint = painted_in(running_server.address, "\n".join(paragraphs))
    assert wait_for_painting(tab, to_paint) == to_paint


def test_a_selection_made_by_a_script_is_never_sent(tab: Tab, pages: PageServer, recorder: RecordingServer) -> None:
    tab.get(pages.url("article.html"))
    tab.evaluate("getSelection().selectAllChildren(document.querySelector('#vaccine'))")
    tab.evaluate("new Promise((resolve) => setTimeout(resolve, 500))")  # that nothing happens cannot be waited for
    assert card_of(tab) is None
    tab.select_with_mouse(BALLOTS, "#ballots")
    wait_for_card(tab)
    assert recorder.texts == [BALLOTS]


def test_the_strictest_content_security_policy_changes_nothing(
    tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("strict_policy.html"))
    text = tab.evaluate("document.querySelector('#claim').textContent")
    to_paint = painted_in(running_server.address, text)
    assert to_paint, "the model no longer judges this statement: choose another"
    before = markup(tab)
    tab.select_with_mouse(text, "#claim")
    card = wait_for_card(tab)
    assert [(one["label"], one["quote"]) for one in card.statements] == by_weight(judge(running_server.address, text))
    assert wait_for_painting(tab, to_paint) == to_paint
    tab.press("Escape")
    wait_until_closed(tab)
    assert markup(tab) == before


def test_the_style_of_the_page_does_not_reach_into_the_card(tab: Tab, pages: PageServer) -> None:
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


def test_text_keeps_its_colour_under_the_paint(tab: Tab, pages: PageServer, running_server: RunningServer) -> None:
    tab.get(pages.url("dark.html"))
    text = tab.evaluate("document.querySelector('#claim').textContent")
    (statement,) = painted_in(running_server.address, text)
    tab.select_with_mouse(text, "#claim")
    wait_for_card(tab)
    style = tab.call(
        """(name) => { const painted = getComputedStyle(document.querySelector('#claim'), `::highlight(${name})`);
            return [painted.color, painted.textDecorationLine, painted.textDecorationStyle]; }""",
        f"plumbline-{statement.label}",
    )
    assert style == [
        "rgb(238, 238, 238)",
        "underline",
        {"false": "wavy", "true": "solid"}[statement.label],
    ]


def test_an_open_card_is_not_left_behind_by_a_second_selection(browser: Browser, tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    tab.select_with_mouse(BALLOTS, "#ballots")
    wait_for_card(tab)
    tab.select_with_mouse(UNIFORM, "#cell")
    second_verdict = "document.querySelector('plumbline-card')?.shadowRoot.textContent.includes('uniform')"
    tab.wait_until(second_verdict, "the second verdict")
    assert tab.evaluate("document.querySelectorAll('plumbline-card').length") == 1
    card = card_of(tab)
    assert card is not None
    assert "ballots" not in card.text


FOLDED = """(root) => [...root.querySelectorAll('[part~="statement"]')]
  .map((one) => [one.dataset.label, one.closest('details') !== null])"""


def test_what_says_most_comes_first_and_what_says_nothing_is_folded(
    browser: Browser, tab: Tab, pages: PageServer
) -> None:
    labels = ["no-claim", "unsure", "no-claim", "false"]

    def judge_in_quarters(text: str) -> list[dict[str, object]]:
        size = len(text) // len(labels)
        return [
            {**statement(text, label), "start": size * index, "end": size * (index + 1)}
            for index, label in enumerate(labels)
        ]

    with scripted(judge_in_quarters) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("article.html"))
        tab.select_with_mouse(tab.evaluate("document.querySelector('#vaccine').textContent"), "#vaccine")
        wait_for_card(tab)
        assert tab.call_with_shadow_root(HOST, FOLDED) == [
            ["false", False],
            ["unsure", False],
            ["no-claim", True],
            ["no-claim", True],
        ]
