"""Without a verdict the card offers two ways to look further: one on this machine, one that leaves it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Tab
from tests.extension.browsers.browser import OPTIONS
from tests.extension.browsers.tab import PATIENCE_SECONDS, POLL_SECONDS
from tests.extension.card import HOST, wait_for_card
from tests.extension.engine import ask
from tests.extension.page_server import PageServer
from tests.extension.scripted_server import ScriptedServer, scripted, statement
from tests.extension.test_card import click_in_card

pytestmark = pytest.mark.browser

RULED_FALSE = "The mayor of Ashford burned 40,000 ballots (all of them)."
UNDECIDED = "The mayor of Ashford counted 40,000 ballots (again; by hand)."
BRIDGE = "The county of Ashford spent 4.2 million dollars on the repair of its old bridge."
EXPLORER = "https://toolbox.google.com/factcheck/explorer/search/"
WRITE = "(text) => { document.querySelector('#claim').textContent = text; }"
WAYS = """(root) => ({
  search: root.querySelector('[data-action=search]')?.textContent ?? null,
  links: [...root.querySelectorAll('a')].map(({href, target, rel}) => [href, target, rel]),
  text: root.querySelector('[part~="look-up"]')?.textContent ?? null,
})"""


def judge(text: str) -> list[dict[str, Any]]:
    return [statement(text, "unsure" if text == UNDECIDED else "false", why="no-ruling")]


@pytest.fixture
def server(browser: Browser) -> Iterator[ScriptedServer]:
    with scripted(judge) as running:
        browser.write_storage("settings", {"serverAddress": running.address})
        yield running


def ways(tab: Tab, pages: PageServer, text: str) -> Any:
    tab.get(pages.url("hostile.html"))
    tab.call(WRITE, text)
    tab.select_with_mouse(text, "#claim")
    wait_for_card(tab)
    return tab.call_with_shadow_root(HOST, WAYS)


def test_an_unsure_card_offers_both_and_says_what_leaves_the_machine(
    tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    shown = ways(tab, pages, UNDECIDED)
    assert shown["search"] == "Search the published fact-checks"
    [[address, target, rel]] = shown["links"]
    assert (target, rel) == ("_blank", "noopener noreferrer")
    asked, _, language = address.removeprefix(EXPLORER).partition(";")
    assert (unquote(asked), language) == (UNDECIDED, "hl=en")
    assert not set("();") & set(asked)
    assert "leaves your machine" in shown["text"]


def test_where_there_is_a_verdict_neither_is_offered(tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    assert ways(tab, pages, RULED_FALSE) == {"search": None, "links": [], "text": None}


def test_the_way_out_can_be_switched_off(browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer) -> None:
    options = browser.open_tab()
    options.get(browser.extension_url(OPTIONS))
    options.wait_until("document.querySelector('#offer-explorer').checked", "the link is offered")
    options.click("#offer-explorer")
    options.wait_until("document.querySelector('#saved').textContent !== ''", "word that it is saved")
    options.close()
    tab.activate()
    shown = ways(tab, pages, UNDECIDED)
    assert shown["search"] is not None
    assert shown["links"] == []


def contexts(browser: Browser) -> list[str]:
    tree = browser.connection.command("browsingContext.getTree", maxDepth=0)
    return [context["context"] for context in tree["contexts"]]


def new_tab(browser: Browser, before: list[str]) -> Tab:
    """The tab that has been opened since."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (opened := [context for context in contexts(browser) if context not in before]):
        assert time.monotonic() < deadline, "no tab was opened"
        time.sleep(POLL_SECONDS)
    return Tab(browser.connection, opened[0])


def test_the_published_fact_checks_are_searched_for_the_sentence(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    assert ask(running_server.address, BRIDGE)[0]["label"] == "unsure"
    ways(tab, pages, BRIDGE)
    before = contexts(browser)
    click_in_card(tab, "[data-action=search]")
    dashboard = new_tab(browser, before)
    dashboard.wait_until("document.querySelectorAll('#fact-check-results a').length > 0", "what was found")
    assert dashboard.evaluate("document.querySelector('#fact-check-words').value") == BRIDGE
    assert dashboard.evaluate("location.origin") == running_server.address
    dashboard.close()


def test_a_script_of_the_page_cannot_open_the_search(
    browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    ways(tab, pages, UNDECIDED)
    before = contexts(browser)
    tab.evaluate(f"document.querySelector('{HOST}').shadowRoot.querySelector('[data-action=search]').click()")
    click_in_card(tab, "[data-action=report]")
    tab.wait_until(f"document.querySelector('{HOST}').shadowRoot.querySelector('form') !== null", "the form")
    assert contexts(browser) == before
