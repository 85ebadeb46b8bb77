"""The options page: what is set there holds at once, and none but the reader lets text go to another machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.browsers.browser import OPTIONS
from tests.extension.card import HOST, click_in_card, wait_for_card
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED
from tests.extension.popup import popup_about
from tests.extension.scripted_server import scripted, statement

pytestmark = pytest.mark.browser

ADDRESS = "#server-address"
SAVED = "document.querySelector('#saved').textContent !== ''"
SENTENCE = "The old bridge carried about 9,400 cars a day last year"
REPAIR = "and the state paid for 60 percent of its repair"


@pytest.fixture
def options(browser: Browser) -> Iterator[Tab]:
    opened = browser.open_tab()
    opened.get(browser.extension_url(OPTIONS))
    opened.wait_until(f"document.querySelector('{ADDRESS}').value !== ''", "the settings are shown")
    yield opened
    opened.close()


def type_address(options: Tab, address: str) -> None:
    options.click(ADDRESS)
    options.press("Control", "a")
    options.type(address)
    options.press("Tab")


def test_options_apply_to_open_pages_at_once(browser: Browser, options: Tab, tab: Tab, pages: PageServer) -> None:
    """Typed and pressed as a reader does: the address, the token, what is painted, and every site but one."""

    def judge(text: str) -> list[dict[str, Any]]:
        return [statement(text, "unsure" if "bridge" in text else "false")]

    with scripted(judge) as server:
        server.token_wanted = "open sesame"
        tab.activate()
        tab.get(pages.url("article.html"))
        options.activate()
        type_address(options, server.address)
        options.wait_until(SAVED, "word that it is saved")
        tab.activate()
        tab.select_with_mouse(SENTENCE, "#bridge")
        assert wait_for_card(tab).failure == "no-token"
        tab.press("Escape")
        options.activate()
        options.click("#token")
        options.type("open sesame")
        options.press("Tab")
        stored = "chrome.storage.local.get('settings').then(({settings}) => settings.token === 'open sesame')"
        options.wait_until(stored, "the token stored")
        tab.activate()
        tab.select_with_mouse(REPAIR, "#bridge")
        assert wait_for_card(tab).state == "verdict"
        tab.press("Escape")
        first, *later = server.tokens
        assert first is None
        assert set(later) == {"Bearer open sesame"}
        assert tab.evaluate(REGISTERED) == ["plumbline-false"]

        options.activate()
        options.click("#auto-scan-by-default")
        options.click("#paint-unsure")
        options.click("[data-paint='false']")
        tab.activate()
        tab.wait_until(f"String({REGISTERED}) === 'plumbline-unsure'", "only what is unsure painted")
        options.activate()
        options.click("#new-site")
        options.type("http://127.0.0.1:80/page")
        options.press("Enter")
        options.wait_until(
            "document.querySelector('#sites [data-site=\"127.0.0.1\"]') !== null", "the exception listed"
        )
        tab.activate()
        tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")


def test_a_server_on_another_machine_is_used_only_with_permission(
    browser: Browser, options: Tab, tab: Tab, pages: PageServer
) -> None:
    """`herald.example` is this machine to the test's browsers, and another to the extension."""
    with scripted(lambda text: [statement(text)]) as server:
        remote = server.address.replace("127.0.0.1", "herald.example")
        browser.write_storage("settings", {"serverAddress": remote})
        tab.activate()
        tab.get(pages.url("article.html"))
        tab.select_with_mouse(SENTENCE, "#bridge")
        assert wait_for_card(tab).state == "chip", "even with auto-send a remote server is asked about first"
        click_in_card(tab, '[part="chip"]')
        failed = f"document.querySelector('{HOST}').shadowRoot.querySelector('[data-kind=not-allowed]') !== null"
        tab.wait_until(failed, "the failure")
        assert server.texts == []
        tab.press("Escape")
        browser.write_storage("settings", {"serverAddress": server.address})
        options.activate()
        type_address(options, remote)
        options.wait_until("!document.querySelector('#permission').hidden", "the question")
        browser.grant_every_permission()
        options.click("#permission-allow")
        options.wait_until("!document.querySelector('#remote').hidden", "the standing notice")
        assert browser.read_storage("settings")["serverAddress"] == remote
        tab.activate()
        tab.select_with_mouse(REPAIR, "#bridge")
        wait_for_card(tab)
        click_in_card(tab, '[part="chip"]')
        tab.wait_until(f"document.querySelector('{HOST}').shadowRoot.textContent.includes('{remote}')", "the verdict")
        assert server.texts == [REPAIR]
        with popup_about(browser, tab) as popup:
            popup.wait_until("!document.querySelector('#remote').hidden", "the standing notice")
        browser.take_permissions_back()
