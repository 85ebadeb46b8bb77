"""A server that does not answer as it should: four failures, four messages, each saying what to do."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Tab
from tests.extension.card import Card, wait_for_card, wait_until_closed
from tests.extension.faulty_servers import FAULTS
from tests.extension.page_server import PageServer
from tests.extension.painting import markup, painted
from tests.extension.popup import popup_about

pytestmark = pytest.mark.browser

COMMAND = "python3 scripts/start.py"
TIMEOUT_SECONDS = 1
SENTENCE = "The old bridge carried about 9,400 cars a day last year"


def failing_card(browser: Browser, tab: Tab, pages: PageServer, address: str) -> Card:
    browser.write_storage("settings", {"serverAddress": address, "timeoutSeconds": TIMEOUT_SECONDS})
    tab.get(pages.url("article.html"))
    tab.select_with_mouse(SENTENCE, "#bridge")
    return wait_for_card(tab)


@pytest.mark.parametrize("kind", FAULTS)
def test_card_names_the_failure_the_address_and_the_command(
    browser: Browser, tab: Tab, pages: PageServer, kind: str
) -> None:
    with FAULTS[kind]() as address:
        card = failing_card(browser, tab, pages, address)
    assert (card.state, card.failure) == ("failure", kind)
    assert address in card.text
    assert f"{COMMAND} --port {urlsplit(address).port}" in card.text
    assert painted(tab) == []


def test_the_messages_differ(browser: Browser, tab: Tab, pages: PageServer) -> None:
    messages = set()
    for kind in FAULTS:
        with FAULTS[kind]() as address:
            messages.add(failing_card(browser, tab, pages, address).text.replace(address, "…"))
    assert len(messages) == len(FAULTS)


@pytest.mark.parametrize("kind", FAULTS)
def test_popup_names_the_failure_the_address_and_the_command(
    browser: Browser, tab: Tab, pages: PageServer, kind: str
) -> None:
    tab.get(pages.url("article.html"))
    with FAULTS[kind]() as address:
        browser.write_storage("settings", {"serverAddress": address, "timeoutSeconds": TIMEOUT_SECONDS})
        with popup_about(browser, tab) as popup:
            popup.wait_until("document.querySelector('#server').dataset.state !== 'checking'", "word of the server")
            assert popup.evaluate("document.querySelector('#server').dataset.state") == kind
            words = popup.evaluate("document.querySelector('#server').textContent")
    assert address in words
    assert f"{COMMAND} --port {urlsplit(address).port}" in words


def test_popup_says_that_the_server_is_ready(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("article.html"))
    with popup_about(browser, tab) as popup:
        popup.wait_until("document.querySelector('#server').dataset.state === 'ready'", "the server is ready")
        assert running_server.address in popup.evaluate("document.querySelector('#server').textContent")


def test_a_failure_leaves_the_page_as_it_was(browser: Browser, tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    before = markup(tab)
    with FAULTS["unreachable"]() as address:
        failing_card(browser, tab, pages, address)
    tab.press("Escape")
    wait_until_closed(tab)
    assert markup(tab) == before


def test_the_next_selection_finds_the_server_again(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    with FAULTS["unreachable"]() as address:
        failing_card(browser, tab, pages, address)
    browser.write_storage("settings", {"serverAddress": running_server.address})
    tab.press("Escape")
    wait_until_closed(tab)
    tab.select_with_mouse("and the state paid for 60 percent of its repair", "#bridge")
    assert wait_for_card(tab).state == "verdict"
