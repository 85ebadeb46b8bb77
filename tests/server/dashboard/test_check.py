"""A text is checked on the dashboard, in real browsers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Tab
from tests.server.conftest import Client
from tests.server.dashboard.page import check_text, fill_in, open_view, text_of

pytestmark = pytest.mark.browser

TEXT = (
    "The county spent 4.2 million dollars on the bridge, 60 percent of it paid by the state. Was it worth the wait?\n\n"
    "A Facebook post says the COVID-19 vaccine contains a microchip that lets the government track people. "
    "I love this town."
)
RULED = "Ivermectin cures COVID-19."
FIRST_LINE = """(selector) => {
  const line = document.querySelector(selector).getClientRects()[0];
  return [line.left + line.width / 2, line.top + line.height / 2];
}"""
CHOSEN = "document.querySelector('#checked-text [aria-selected=true]').textContent"
CARD = "document.querySelector('#card .card').shadowRoot"
QUOTED = f"{CARD}.querySelector('[part=quote]').textContent"
RULINGS = f"""[...{CARD}.querySelectorAll('[part=fact-check]')].map((one) =>
  [one.dataset.relation, one.querySelector('[part=rating]').textContent, one.querySelector('a').href])"""


def paragraphs_as_the_server_judges_them(client: Client, text: str) -> list[list[str]]:
    return [
        [statement["label"], paragraph[statement["start"] : statement["end"]]]
        for paragraph in text.split("\n\n")
        for statement in client.check_text(paragraph)
    ]


def test_every_statement_gets_the_server_s_label(tab: Tab, running_server: RunningServer, client: Client) -> None:
    shown = check_text(tab, running_server.address, TEXT)
    assert shown == paragraphs_as_the_server_judges_them(client, TEXT)
    assert len({label for label, _ in shown}) >= 2
    assert text_of(tab, "#checked-text") == TEXT.replace("\n\n", "")


def test_statements_behind_emoji_are_cut_where_they_end(tab: Tab, running_server: RunningServer) -> None:
    sentences = [
        "💥 Café Zoë sold 12,000 meals in 2019 🎉.",
        "The naïve 👩‍👩‍👧 coöperative lost 40 percent of its members.",
    ]
    shown = check_text(tab, running_server.address, " ".join(sentences))
    assert [text for _, text in shown] == sentences


def test_the_card_shows_the_rulings_that_the_server_found(
    tab: Tab, running_server: RunningServer, client: Client
) -> None:
    check_text(tab, running_server.address, f"{RULED}\n\n{TEXT}")
    tab.click_at(*tab.call(FIRST_LINE, "#checked-text [data-label=false]"))
    assert tab.evaluate(CHOSEN) == tab.evaluate(QUOTED) == RULED
    assert tab.evaluate(f"{CARD}.querySelector('[part=label]').textContent") == "False"
    [statement] = client.check_text(RULED)
    assert statement["basis"] == "fact-check"
    found = [[one["relation"], one["rating"], one["url"]] for one in statement["evidence"]]
    assert tab.evaluate(RULINGS) == found
    assert statement["evidence"][0]["publisher"] in tab.evaluate(f"{CARD}.textContent")


def test_without_a_verdict_the_card_says_why(tab: Tab, running_server: RunningServer) -> None:
    check_text(tab, running_server.address, TEXT)
    tab.click_at(*tab.call(FIRST_LINE, "#checked-text [data-label=unsure]"))
    assert tab.evaluate(QUOTED).startswith("The county spent")
    assert tab.evaluate(f"{CARD}.querySelector('[data-why]').dataset.why") == "no-ruling"
    assert "in 100" not in tab.evaluate(f"{CARD}.textContent")


def test_without_a_verdict_the_reader_can_look_further(tab: Tab, running_server: RunningServer) -> None:
    check_text(tab, running_server.address, TEXT)
    tab.click_at(*tab.call(FIRST_LINE, "#checked-text [data-label=unsure]"))
    explorer = tab.evaluate(f"{CARD}.querySelector('[data-look-up=explorer]').href")
    assert explorer.startswith("https://toolbox.google.com/factcheck/explorer/search/The%20county%20spent")
    quoted = tab.evaluate(QUOTED)
    tab.evaluate(f"{CARD}.querySelector('[data-action=search]').focus()")
    tab.press("Enter")
    tab.wait_until("document.querySelectorAll('#fact-check-results a').length > 0", "what was found")
    assert tab.evaluate("document.querySelector('#fact-check-words').value") == quoted


def test_the_card_has_the_style_of_the_extension(tab: Tab, running_server: RunningServer) -> None:
    check_text(tab, running_server.address, RULED)
    style = tab.evaluate(f"getComputedStyle({CARD}.querySelector('[part=label]')).textDecorationStyle")
    assert style == "wavy"


def test_all_of_it_works_by_keyboard(tab: Tab, running_server: RunningServer) -> None:
    open_view(tab, running_server.address, "check")
    tab.wait_until("document.activeElement.id === 'text'", "the text box has the focus")
    for letter in "The mayor sold the park for 1 dollar. Why?":
        tab.press("Space" if letter == " " else letter)
    tab.press("Control", "Enter")
    tab.wait_until("!document.querySelector('#checked').hidden", "the text is checked")
    for _ in range(3):  # Check, Clear, the statements
        tab.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "The mayor sold the park for 1 dollar."
    tab.press("ArrowRight")
    assert tab.evaluate("document.activeElement.textContent") == "Why?"
    assert tab.evaluate(QUOTED) == "Why?"
    tab.press("Home")
    assert tab.evaluate(QUOTED) == "The mayor sold the park for 1 dollar."
    for _ in range(tab.evaluate(f"{CARD}.querySelectorAll('a, button').length")):
        tab.press("Tab")
        assert tab.evaluate(f"{CARD}.activeElement.matches('a, button')")
    tab.press("Tab")
    assert tab.evaluate("document.activeElement.matches('#card summary')")


def test_markup_is_shown_and_never_read(tab: Tab, running_server: RunningServer) -> None:
    markup = "The post says <img src=x onerror=\"document.title='hacked'\"> that 5 million <b>voters</b> are dead."
    check_text(tab, running_server.address, markup)
    assert text_of(tab, "#checked-text") == markup
    assert tab.evaluate("document.querySelectorAll('#checked img, #checked b').length") == 0


def test_the_summary_is_announced(tab: Tab, running_server: RunningServer) -> None:
    shown = check_text(tab, running_server.address, TEXT)
    assert tab.evaluate("document.querySelector('#check-status').role") == "status"
    assert text_of(tab, "#check-status").startswith(f"{len(shown)} statements: ")


@pytest.mark.parametrize(("text", "said"), [("", "There is no statement"), ("word " * 5000, "UTF-16 units")])
def test_a_text_that_cannot_be_checked_is_explained(
    tab: Tab, running_server: RunningServer, text: str, said: str
) -> None:
    open_view(tab, running_server.address, "check")
    fill_in(tab, "#text", text)
    tab.click("#check-form [type=submit]")
    tab.wait_until(f"document.querySelector('#check-status').textContent.includes('{said}')", "the reason is shown")
    assert tab.evaluate("document.querySelector('#checked').hidden")


def test_a_server_that_is_gone_is_reported(tab: Tab, start_server: Callable[..., RunningServer]) -> None:
    server = start_server()
    open_view(tab, server.address, "check")
    tab.wait_until("document.querySelector('#server-pill').dataset.state === 'ready'", "the server is ready")
    server.process.terminate()
    server.process.wait(15)
    fill_in(tab, "#text", "The town has 12 schools.")
    tab.click("#check-form [type=submit]")
    tab.wait_until("document.querySelector('#check-status').dataset.code === 'no-server'", "the failure is shown")
    assert "python3 scripts/start.py" in text_of(tab, "#check-status")
