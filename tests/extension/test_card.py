"""The card in a page that fights for its room. The server says what each test needs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.card import HOST, card_of, click_in_card, wait_for_card, wait_in_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.painting import painted
from tests.extension.scripted_server import ScriptedServer, ruling, scripted, statement

pytestmark = pytest.mark.browser

CLAIM = "A Facebook post says a video shows the mayor of Ashford burning thousands of ballots."
UNDECIDED = "The mayor has counted 40,000 ballots by hand."
LIKELY = "A photo shows the mayor of Hexley in a Nazi uniform at a public school."
SOURCE = {"model": "scripted", "fact_checks": {"count": 0, "newest": None}}
REASONS = [{"start": 0, "end": 9, "weight": -1.0}, {"start": 22, "end": 28, "weight": 0.5}]
SPEAKER_PAGE = {"speaker": "A mayor", "links_to": "speaker", "url": "https://first.example/people/mayor"}
SMALL_WINDOWS = {"200 %": (500, 350), "400 %": (320, 256)}
ROOT = f"document.querySelector('{HOST}').shadowRoot"
INKS = """(root) => {
  const ink = (element) => (({color, textDecorationLine}) => [color, textDecorationLine])(getComputedStyle(element));
  return [[...root.querySelectorAll('[part~="rating"]')].map(ink), ink(root.querySelector('[part~="ruling"]'))];
}"""
LINKS = """(root) => [...root.querySelectorAll('a')].map(({href, target, rel}) => [href, target, rel])"""
EVIDENCE = [
    ruling(
        "same-claim", "First Paper", "Pants on fire", "false", date="2021-03-04", url="https://first.example/ballots"
    ),
    ruling("same-claim", "Second Paper", "Half true", "mixed", url="javascript:alert(1)"),
    ruling("related", "Third Paper", "Nobody knows", None, speaker=None, date=None, url=None),
]


def judge(text: str) -> list[dict[str, Any]]:
    if text == UNDECIDED:
        near = ruling("related", "First Paper", "Untrue", "false", title="The mayor burned ballots", **SPEAKER_PAGE)
        others = [ruling("related", f"Paper {number}", "Untrue", "false") for number in range(2, 6)]
        return [statement(text, "unsure", evidence=[near, *others], why="no-ruling", reasons=REASONS)]
    if text == CLAIM:
        return [statement(text, "mixed", basis="fact-check", evidence=EVIDENCE)]
    return [statement(text)]


@pytest.fixture
def server(browser: Browser) -> Iterator[ScriptedServer]:
    with scripted(judge) as running:
        browser.write_storage("settings", {"serverAddress": running.address})
        yield running


@pytest.fixture
def opened(tab: Tab, pages: PageServer, server: ScriptedServer) -> Tab:
    """The page with the card about its claim open."""
    tab.get(pages.url("hostile.html"))
    tab.select_with_mouse(CLAIM, "#claim")
    assert wait_for_card(tab).state == "verdict"
    return tab


WRITE = "(text) => { document.querySelector('#claim').textContent = text; }"


def select_in_page(tab: Tab, pages: PageServer, text: str) -> dict[str, Any]:
    """What the card says of a text in a page."""
    tab.get(pages.url("hostile.html"))
    tab.call(WRITE, text)
    tab.select_with_mouse(text, "#claim")
    (shown,) = wait_for_card(tab).statements
    return shown


def test_the_card_is_on_top_beside_its_text_and_inside_the_window(opened: Tab, pages: PageServer) -> None:
    card = card_of(opened)
    assert card is not None
    x, y = card.rectangle["left"] + 20, card.rectangle["top"] + 20
    assert opened.evaluate(f"document.elementFromPoint({x}, {y}).localName") == HOST
    opened.evaluate("document.body.style.paddingBottom = '3000px'")
    opened.evaluate("scrollTo(0, 20)")
    top = "root.querySelector('[part=card]').getBoundingClientRect().top"
    wait_in_card(opened, f"Math.abs({top} - {card.rectangle['top'] - 20}) < 2", "the card has moved with its text")

    for zoom, (width, height) in SMALL_WINDOWS.items():
        opened.set_viewport(width, height)
        opened.get(pages.url("hostile.html"))
        opened.select_with_mouse(CLAIM, "#claim")
        box = wait_for_card(opened).rectangle
        assert box["left"] >= 0, zoom
        assert box["top"] >= 0, zoom
        assert box["right"] <= width, zoom
        assert box["bottom"] <= height, zoom
        assert box["height"] > 100, zoom

    opened.set_viewport(1000, 700)
    opened.get(pages.url("hostile.html"))
    opened.evaluate("document.querySelector('#modal').showModal()")
    opened.select_with_mouse("a photo shows the mayor of Hexley in a Nazi uniform at a public school.", "#in-dialog")
    wait_for_card(opened)
    click_in_card(opened, '[part="close"]')
    wait_until_closed(opened)
    assert opened.evaluate("document.querySelector('#modal').open"), "the press went through to the dialog"


def test_words_that_counted_are_underlined_and_other_rulings_have_no_colour(
    tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    shown = select_in_page(tab, pages, UNDECIDED)
    assert (shown["heading"], shown["why"], shown["probability"]) == ("Unsure", "no-ruling", None)
    assert shown["wording"] == "false"
    assert shown["underlined"] == [["The mayor", "3", "4px"], ["40,000", "2", "2px"]]
    first, *others = shown["evidence"]
    assert len(others) == 2, "three are near enough"
    assert (first["relation"], first["checked"]) == ("related", "The mayor burned ballots")
    assert first["link"] == "First Paper’s page on A mayor"
    ratings, plain = tab.call_with_shadow_root(HOST, INKS)
    assert ratings == [plain] * 3, "a ruling on another claim has a colour"
    assert painted(tab) == []
    assert server.weighed == [], "the check says already which words counted"

    server.influence = [{"start": 39, "end": 43, "weight": -2.0}, {"start": 18, "end": 23, "weight": 0.3}]
    select_in_page(tab, pages, LIKELY)
    wait_in_card(tab, "root.querySelector('[part=counted]') !== null", "the words that counted")
    (shown,) = wait_for_card(tab).statements
    assert shown["underlined"] == [["mayor", "1", "1px"], ["Nazi", "3", "4px"]]
    assert shown["counted"].endswith("“Nazi”, “mayor”")
    assert server.weighed == [{"text": LIKELY, "start": 0, "end": len(LIKELY)}]


def test_only_the_reader_can_send_feedback(opened: Tab, server: ScriptedServer) -> None:
    opened.evaluate(f"{ROOT}.querySelector('[data-action=report]').click()")
    assert opened.evaluate(f"{ROOT}.querySelector('form') === null"), "a script opened the form"
    assert opened.call_with_shadow_root(HOST, LINKS) == [
        ["https://first.example/ballots", "_blank", "noopener noreferrer"]
    ]
    click_in_card(opened, "[data-action=report]")
    wait_in_card(opened, "root.querySelector('form') !== null", "the form")
    card = card_of(opened)
    assert card is not None
    assert server.address in card.text
    opened.evaluate(
        f"({ROOT}.querySelector('input').checked = true, {ROOT}.querySelector('[data-action=send]').click())"
    )
    opened.evaluate(f"{ROOT}.querySelector('form').requestSubmit()")
    click_in_card(opened, "[data-action=cancel]")
    wait_in_card(opened, "root.querySelector('form') === null", "the form is gone")

    click_in_card(opened, "[data-action=report]")
    wait_in_card(opened, "root.querySelector('form') !== null", "the form")
    assert opened.call_with_shadow_root(HOST, "(root) => root.querySelector('select').checkVisibility()") is False
    click_in_card(opened, "input[value=other-claim]")
    wait_in_card(opened, "root.querySelector('select').checkVisibility()", "the question which fact-check it is")
    options = "(root) => [...root.querySelectorAll('option')].map((one) => one.textContent)"
    assert opened.call_with_shadow_root(HOST, options) == ["First Paper: 2021-03-04"]
    click_in_card(opened, "textarea")
    for key in "by j":
        opened.press(key)
    click_in_card(opened, "[data-action=send]")
    wait_in_card(opened, "root.querySelector('form [role=status]')?.textContent !== ''", "thanks")
    about = {"url": "https://first.example/ballots", "title": ""}
    given = {"statement": CLAIM, "label": "mixed", "correction": "other-claim", "fact_check": about, "comment": "by j"}
    assert server.feedback == [{**given, **SOURCE}]
    assert opened.evaluate("window.pressed") == [], "what is typed into the card reached the page"


def test_what_is_copied_can_be_pasted(opened: Tab) -> None:
    opened.evaluate("addEventListener('paste', (event) => { window.pasted = event.clipboardData.getData('text'); })")
    for action in ("copy", "copy-markdown"):
        opened.evaluate("void (window.pasted = '')")
        click_in_card(opened, f"[data-action={action}]")
        wait_in_card(opened, "root.querySelector('[part=status]').textContent === 'Copied.'", "word that it is copied")
        opened.press("Escape")
        opened.press("Control", "v")
        pasted = opened.wait_until("window.pasted", "what was copied")
        if action == "copy":
            for words in (CLAIM, "Mixed", "https://first.example/ballots", "Second Paper"):
                assert words in pasted
            opened.evaluate("getSelection().removeAllRanges()")  # what is selected already would be dragged
            opened.select_with_mouse(CLAIM, "#claim")
            wait_for_card(opened)
        else:
            assert pasted.startswith(f"> {CLAIM}\n\n**Mixed.** ")
            assert "](<https://first.example/ballots>)" in pasted
