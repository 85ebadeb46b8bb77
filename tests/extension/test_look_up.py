"""Without a verdict the card offers two ways to look further: one on this machine, one that leaves it."""

from __future__ import annotations

import time
from urllib.parse import unquote

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Tab
from tests.extension.browsers.page import PATIENCE_SECONDS, POLL_SECONDS
from tests.extension.card import HOST, click_in_card, wait_for_card
from tests.extension.page_server import PageServer
from tests.extension.server_verdicts import ask

pytestmark = pytest.mark.browser

BRIDGE = "The county of Ashford spent 4.2 million dollars on the repair of its old bridge."
EXPLORER = "https://toolbox.google.com/factcheck/explorer/search/"
WRITE = "(text) => { document.querySelector('#claim').textContent = text; }"
WAY_OUT = """(root) => [...root.querySelectorAll('[data-look-up=explorer]')]
  .map(({href, target, rel}) => [href, target, rel])"""


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


def test_only_the_reader_can_open_the_fact_check_search(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    assert ask(running_server.address, BRIDGE)[0]["label"] == "unsure"
    tab.get(pages.url("hostile.html"))
    tab.call(WRITE, BRIDGE)
    tab.select_with_mouse(BRIDGE, "#claim")
    wait_for_card(tab)
    [[address, target, rel]] = tab.call_with_shadow_root(HOST, WAY_OUT)
    assert (target, rel) == ("_blank", "noopener noreferrer")
    assert unquote(address.removeprefix(EXPLORER).partition(";")[0]) == BRIDGE
    before = contexts(browser)
    tab.evaluate(f"document.querySelector('{HOST}').shadowRoot.querySelector('[data-action=search]').click()")
    click_in_card(tab, "[data-action=search]")
    dashboard = new_tab(browser, before)
    dashboard.wait_until("document.querySelectorAll('#fact-check-results a').length > 0", "what was found")
    assert dashboard.evaluate("document.querySelector('#fact-check-words').value") == BRIDGE
    assert dashboard.evaluate("location.origin") == running_server.address
    assert len(contexts(browser)) == len(before) + 1, "a script of the page opened the search"
    dashboard.close()
