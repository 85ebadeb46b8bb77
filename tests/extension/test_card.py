"""The card about a verdict: its evidence, and what a reader can do with it. The server says what each test needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.card import HOST, card_of, wait_for_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED, painted
from tests.extension.scripted_server import ScriptedServer, scripted, statement

pytestmark = pytest.mark.browser

CLAIM = "A Facebook post says a video shows the mayor of Ashford burning thousands of ballots."
DENIAL = "The mayor has never burned a ballot."
UNDECIDED = "The mayor has counted 40,000 ballots by hand."
SOURCE = {"model": "scripted", "fact_checks": {"count": 0, "newest": None}}
REASONS = [{"start": 0, "end": 9, "weight": -1.0}, {"start": 22, "end": 28, "weight": 0.5}]
SPEAKER_PAGE = {"speaker": "A mayor", "links_to": "speaker", "url": "https://first.example/people/mayor"}
LINKS = """(root) => [...root.querySelectorAll('a')].map(({href, target, rel}) => [href, target, rel])"""
INKS = """(root) => {
  const ink = (element) => (({color, textDecorationLine}) => [color, textDecorationLine])(getComputedStyle(element));
  return [[...root.querySelectorAll('[part~="rating"]')].map(ink), ink(root.querySelector('[part~="ruling"]'))];
}"""
PLACE_OF = """(root) => { const found = root.querySelector(SELECTOR); found.scrollIntoView({block: 'nearest'});
  const {left, top, width, height} = found.getBoundingClientRect(); return [left + width / 2, top + height / 2]; }"""


def ruling(relation: str, publisher: str, rating: str, label: str | None, **others: Any) -> dict[str, Any]:
    """One fact-check as the server sends it."""
    return {
        "relation": relation,
        "publisher": publisher,
        "rating": rating,
        "label": label,
        "speaker": "",
        "date": "",
        "url": "",
        "similarity": 0.9,
        "claim": "",
        "title": "",
        "links_to": "ruling",
        **others,
    }


EVIDENCE = [
    ruling(
        "same-claim",
        "First Paper",
        "Pants on fire",
        "false",
        speaker="A mayor",
        date="2021-03-04",
        url="https://first.example/ballots",
    ),
    ruling(
        "same-claim", "Second Paper", "Half true", "mixed", url="javascript:alert(1)", claim="The claim as imported."
    ),
    ruling("related", "Third Paper", "Nobody knows", None, speaker=None, date=None, url=None),
]


def judge(text: str) -> list[dict[str, Any]]:
    if "Hexley" in text:
        return [statement(text)]
    if text == DENIAL:
        opposite = ruling("opposite-claim", "First Paper", "Untrue", "false", title="The mayor burned ballots")
        return [statement(text, "true", basis="fact-check", evidence=[opposite])]
    if text == UNDECIDED:
        near = ruling("related", "First Paper", "Untrue", "false", title="The mayor burned ballots", **SPEAKER_PAGE)
        others = [ruling("related", f"Paper {number}", "Untrue", "false") for number in range(2, 6)]
        return [statement(text, "unsure", evidence=[near, *others], why="no-ruling", reasons=REASONS)]
    if "silent" in text:
        return [statement(text, "unsure", why=text.rsplit(" ", 1)[1].rstrip("."))]
    if text == CLAIM:
        return [statement(text, "mixed", basis="fact-check", evidence=EVIDENCE)]
    return []


@pytest.fixture
def server(browser: Browser) -> Iterator[ScriptedServer]:
    with scripted(judge) as running:
        browser.write_storage("settings", {"serverAddress": running.address})
        yield running


@pytest.fixture
def opened(tab: Tab, pages: PageServer, server: ScriptedServer) -> Tab:
    """A page that fights for its room, with the card about its claim open."""
    tab.get(pages.url("hostile.html"))
    tab.select_with_mouse(CLAIM, "#claim")
    assert wait_for_card(tab).state == "verdict"
    return tab


def click_in_card(tab: Tab, selector: str) -> None:
    place = PLACE_OF.replace("SELECTOR", json.dumps(selector))
    tab.click_at(*tab.call_with_shadow_root(HOST, place))


def card_text(tab: Tab) -> str:
    card = card_of(tab)
    assert card is not None
    return card.text


def wait_in_card(tab: Tab, expression: str, what: str) -> None:
    """Wait for the truth of an expression about ``root``, the card's shadow root."""
    tab.wait_until(f"((root) => {expression})(document.querySelector('{HOST}').shadowRoot)", what)


def test_every_fact_check_is_shown(opened: Tab) -> None:
    card = card_of(opened)
    assert card is not None
    for words in (
        "First Paper",
        "Pants on fire",
        "A mayor",
        "2021",
        "Second Paper",
        "Half true",
        "The claim as imported.",
    ):
        assert words in card.text
    assert card.text.index("First Paper") < card.text.index("Second Paper") < card.text.index("Third Paper")
    assert "do not agree" in card.text
    assert "null" not in card.text
    links = opened.call_with_shadow_root(HOST, LINKS)
    assert links == [["https://first.example/ballots", "_blank", "noopener noreferrer"]]


WRITE = "(text) => { document.querySelector('#claim').textContent = text; }"


def select_in_page(tab: Tab, pages: PageServer, text: str) -> dict[str, Any]:
    """What the card says of a text in a page."""
    tab.get(pages.url("hostile.html"))
    tab.call(WRITE, text)
    tab.select_with_mouse(text, "#claim")
    (said,) = wait_for_card(tab).statements
    return said


def test_a_denial_is_told_of_the_ruling_on_the_opposite(tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    said = select_in_page(tab, pages, DENIAL)
    assert said["heading"] == "True"
    assert said["meaning"] == "A published fact-check rated the opposite of this as false."
    [shown] = said["evidence"]
    assert (shown["relation"], shown["rating"]) == ("opposite-claim", "Untrue")
    assert shown["checked"] == "The opposite: The mayor burned ballots"
    assert [found.label for found in painted(tab)] == ["true"]


def test_without_a_verdict_the_card_says_why_and_what_is_near(
    tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    said = select_in_page(tab, pages, UNDECIDED)
    assert (said["heading"], said["why"], said["probability"]) == ("Unsure", "no-ruling", None)
    assert said["wording"] == "false"
    assert said["underlined"] == [["The mayor", "3", "4px"], ["40,000", "2", "2px"]]
    assert said["counted"].endswith("“The mayor”, “40,000”")
    shown, *others = said["evidence"]
    assert len(others) == 2, "three are near enough"
    assert (shown["relation"], shown["checked"]) == ("related", "The mayor burned ballots")
    ratings, plain = tab.call_with_shadow_root(HOST, INKS)
    assert ratings == [plain] * 3, "a ruling on another claim has a colour"
    assert shown["link"] == "First Paper’s page on A mayor"
    assert painted(tab) == []


WHYS = {
    "newer": "a time after the newest fact-check",
    "too-short": "too short to tell what it claims",
    "not-english": "not seem to be English",
    "no-ruling": "no published fact-check that Plumbline knows decides it",
}


def test_every_reason_for_silence_is_said(tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    for why, words in WHYS.items():
        said = select_in_page(tab, pages, f"The mayor is silent, which is {why}.")
        assert (said["label"], said["why"]) == ("unsure", why)
        assert words in said["meaning"]


def test_what_is_likely_says_how_likely(tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    said = select_in_page(tab, pages, "A photo shows the mayor of Hexley in a Nazi uniform at a public school.")
    assert (said["heading"], said["probability"], said["wording"]) == ("Likely false", "0.07", None)


def test_what_is_likely_has_the_words_underlined_that_counted(
    tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    text = "A photo shows the mayor of Hexley in a Nazi uniform at a public school."
    server.influence = [{"start": 39, "end": 43, "weight": -2.0}, {"start": 18, "end": 23, "weight": 0.3}]
    select_in_page(tab, pages, text)
    wait_in_card(tab, "root.querySelector('[part=counted]') !== null", "the words that counted")
    (said,) = wait_for_card(tab).statements
    assert said["underlined"] == [["mayor", "1", "1px"], ["Nazi", "3", "4px"]]
    assert (said["quote"], said["label"]) == (text, "likely-false")
    assert said["counted"].endswith("“Nazi”, “mayor”")
    assert server.weighed == [{"text": text, "start": 0, "end": len(text)}]


def test_what_has_its_reasons_or_its_ruling_is_not_asked_about(
    tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    asked = "A photo shows the mayor of Hexley."
    for text in (DENIAL, UNDECIDED, asked):
        select_in_page(tab, pages, text)
    server.wait_until_weighed()
    assert [one["text"] for one in server.weighed] == [asked], "questions come one after the other"


def test_the_card_lies_on_top_of_everything(opened: Tab) -> None:
    card = card_of(opened)
    assert card is not None
    x, y = card.rectangle["left"] + 20, card.rectangle["top"] + 20
    assert opened.evaluate(f"document.elementFromPoint({x}, {y}).localName") == HOST


def test_the_card_works_above_a_modal_dialog(tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    tab.get(pages.url("hostile.html"))
    tab.evaluate("document.querySelector('#modal').showModal()")
    tab.select_with_mouse("a photo shows the mayor of Hexley in a Nazi uniform at a public school.", "#in-dialog")
    wait_for_card(tab)
    click_in_card(tab, '[part="close"]')
    wait_until_closed(tab)
    assert tab.evaluate("document.querySelector('#modal').open")


def test_this_is_wrong_goes_to_the_server(opened: Tab, server: ScriptedServer) -> None:
    click_in_card(opened, "[data-action=report]")
    wait_in_card(opened, "root.querySelector('form') !== null", "the form")
    assert server.address in card_text(opened)
    click_in_card(opened, "input[value=false]")
    click_in_card(opened, "textarea")
    for key in "by j":
        opened.press(key)
    click_in_card(opened, "[data-action=send]")
    wait_in_card(opened, "root.querySelector('form [role=status]')?.textContent !== ''", "thanks")
    given = {"statement": CLAIM, "label": "mixed", "correction": "false", "comment": "by j"}
    assert server.feedback == [{**given, **SOURCE}]
    assert opened.evaluate("window.pressed") == [], "what is typed into the card reached the page"


def test_a_fact_check_is_about_something_else(opened: Tab, server: ScriptedServer) -> None:
    click_in_card(opened, "[data-action=report]")
    wait_in_card(opened, "root.querySelector('form') !== null", "the form")
    assert opened.call_with_shadow_root(HOST, "(root) => root.querySelector('select').checkVisibility()") is False
    click_in_card(opened, "input[value=other-claim]")
    wait_in_card(opened, "root.querySelector('select').checkVisibility()", "the question which one")
    choices = opened.call_with_shadow_root(
        HOST, "(root) => [...root.querySelectorAll('option')].map((one) => one.textContent)"
    )
    assert choices == ["First Paper: 2021-03-04"], "only what has an address can be told from others"
    click_in_card(opened, "[data-action=send]")
    wait_in_card(opened, "root.querySelector('form [role=status]')?.textContent !== ''", "thanks")
    about = {"url": "https://first.example/ballots", "title": ""}
    given = {"statement": CLAIM, "label": "mixed", "correction": "other-claim", "fact_check": about}
    assert server.feedback == [{**given, **SOURCE}]


def test_a_script_of_the_page_cannot_press_the_buttons(opened: Tab, server: ScriptedServer) -> None:
    root = f"document.querySelector('{HOST}').shadowRoot"
    opened.evaluate(f"{root}.querySelector('[data-action=report]').click()")
    assert opened.evaluate(f"{root}.querySelector('form') === null")
    click_in_card(opened, "[data-action=report]")
    wait_in_card(opened, "root.querySelector('form') !== null", "the form")
    opened.evaluate(
        f"(({root}.querySelector('input').checked = true), {root}.querySelector('[data-action=send]').click())"
    )
    opened.evaluate(f"{root}.querySelector('form').requestSubmit()")
    click_in_card(opened, "[data-action=cancel]")
    wait_in_card(opened, "root.querySelector('form') === null", "the form is gone")
    assert server.feedback == []


def test_copy_puts_statement_verdict_and_sources_on_the_clipboard(opened: Tab) -> None:
    opened.evaluate("addEventListener('paste', (event) => { window.pasted = event.clipboardData.getData('text'); })")
    click_in_card(opened, "[data-action=copy]")
    wait_in_card(opened, "root.querySelector('[part=status]').textContent === 'Copied.'", "word that it is copied")
    opened.press("Escape")
    opened.press("Control", "v")
    pasted = opened.wait_until("window.pasted", "what was copied")
    for words in (CLAIM, "Mixed", "https://first.example/ballots", "Second Paper"):
        assert words in pasted


def test_markdown_has_the_sources_as_links(opened: Tab) -> None:
    opened.evaluate("addEventListener('paste', (event) => { window.pasted = event.clipboardData.getData('text'); })")
    click_in_card(opened, "[data-action=copy-markdown]")
    wait_in_card(opened, "root.querySelector('[part=status]').textContent === 'Copied.'", "word that it is copied")
    opened.press("Escape")
    opened.press("Control", "v")
    pasted = opened.wait_until("window.pasted", "what was copied")
    assert pasted.startswith(f"> {CLAIM}\n\n**Mixed.** ")
    assert "](<https://first.example/ballots>)" in pasted


def test_a_dismissed_statement_is_not_marked_again(
    browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    browser.write_storage("settings", {"serverAddress": server.address, "autoScanSites": ["127.0.0.1"]})
    tab.get(pages.url("hostile.html"))
    tab.wait_until(f"{REGISTERED}.length === 1", "the claim painted")
    box = tab.evaluate("[...CSS.highlights.get('plumbline-mixed')][0].getBoundingClientRect()")
    tab.click_at(box["left"] + 20, box["top"] + 5)
    wait_for_card(tab)
    click_in_card(tab, "[data-action=dismiss]")
    wait_until_closed(tab)
    tab.wait_until(f"{REGISTERED}.length === 0", "the mark is gone")
    tab.select_with_mouse(CLAIM, "#claim")
    assert wait_for_card(tab).state == "verdict"
    assert painted(tab) == []


@pytest.mark.parametrize("size", [(500, 350), (320, 256)], ids=["200 %", "400 %"])
def test_the_card_stays_inside_a_small_window(
    tab: Tab, pages: PageServer, server: ScriptedServer, size: tuple[int, int]
) -> None:
    tab.set_viewport(*size)
    tab.get(pages.url("hostile.html"))
    tab.select_with_mouse(CLAIM, "#claim")
    card = wait_for_card(tab).rectangle
    assert card["left"] >= 0
    assert card["top"] >= 0
    assert card["right"] <= size[0]
    assert card["bottom"] <= size[1]
    assert card["height"] > 100


def test_the_verdict_is_said_to_those_who_do_not_see_it(opened: Tab) -> None:
    said = json.dumps(f"Mixed: {CLAIM}")
    wait_in_card(opened, f"root.querySelector('[part=announcer]').textContent === {said}", "an announcement")


def test_the_card_follows_its_text(opened: Tab) -> None:
    before = card_of(opened)
    opened.evaluate("document.body.style.paddingBottom = '3000px'")
    opened.evaluate("scrollTo(0, 20)")
    assert before is not None
    top = "root.querySelector('[part=card]').getBoundingClientRect().top"
    wait_in_card(opened, f"Math.abs({top} - {before.rectangle['top'] - 20}) < 2", "the card has moved")
