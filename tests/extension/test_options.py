"""The options page: what is set there holds at once, and and none but the reader lets text go to another machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.browsers.browser import OPTIONS
from tests.extension.card import HOST, wait_for_card
from tests.extension.engine import judge
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED
from tests.extension.popup import popup_about, switch_auto_scan
from tests.extension.recording_server import recording
from tests.extension.scanning import wait_until_scanned
from tests.extension.scripted_server import scripted, statement
from tests.extension.test_card import click_in_card

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


def test_the_address_of_the_server_holds_for_the_next_selection(
    browser: Browser, options: Tab, pages: PageServer
) -> None:
    real_address = browser.read_storage("settings")["serverAddress"]
    with recording(real_address) as recorder:
        type_address(options, recorder.address)
        options.wait_until(SAVED, "word that it is saved")
        page = browser.open_tab()
        page.get(pages.url("article.html"))
        page.select_with_mouse(SENTENCE, "#bridge")
        wait_for_card(page)
        page.close()
        assert recorder.texts == [SENTENCE]


@pytest.mark.parametrize(
    "address", ["not an address", "ftp://127.0.0.1", "http://127.0.0.1/path", "http://me@127.0.0.1"]
)
def test_what_is_no_address_is_refused(browser: Browser, options: Tab, address: str) -> None:
    before = browser.read_storage("settings")
    type_address(options, address)
    options.wait_until("document.querySelector('#server-address-error').textContent !== ''", "a word of refusal")
    assert browser.read_storage("settings") == before


@pytest.mark.parametrize("address", ["https://example.org", "http://192.168.0.7:8642", "http://127.0.0.1.example.org"])
def test_a_server_on_another_machine_waits_for_permission(browser: Browser, options: Tab, address: str) -> None:
    before = browser.read_storage("settings")
    type_address(options, address)
    options.wait_until("!document.querySelector('#permission').hidden", "the question")
    assert address in options.evaluate("document.querySelector('#permission-words').textContent")
    options.click("#permission-cancel")
    options.wait_until("document.querySelector('#permission').hidden", "no more question")
    assert browser.read_storage("settings") == before
    assert options.evaluate("document.querySelector('#server-address').value") == before["serverAddress"]


def test_unsure_statements_are_painted_on_request(browser: Browser, options: Tab, tab: Tab, pages: PageServer) -> None:
    address = browser.read_storage("settings")["serverAddress"]
    options.activate()
    options.click("#paint-unsure")
    options.wait_until(SAVED, "word that it is saved")
    tab.activate()
    tab.get(pages.url("article.html"))
    text = tab.evaluate("document.querySelector('#lead').textContent")
    unsure = [statement.text for statement in judge(address, text) if statement.label == "unsure"]
    assert unsure, "the model no longer abstains from these statements: choose others"
    switch_auto_scan(browser, tab, on=True)
    painted = "[...(CSS.highlights.get('plumbline-unsure') ?? [])].map((range) => range.toString())"
    tab.wait_until(f"{painted}.includes({json.dumps(unsure[0])})", "the unsure statement painted")


def test_a_site_can_be_taken_off_the_list(browser: Browser, options: Tab, tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    switch_auto_scan(browser, tab, on=True)
    tab.wait_until(f"{REGISTERED}.length > 0", "something painted")
    options.activate()
    options.click("#sites button[data-site='127.0.0.1']")
    options.wait_until("document.querySelector('#sites').children.length === 0", "an empty list")
    tab.activate()
    tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")


def test_a_label_can_be_left_unpainted(browser: Browser, options: Tab, tab: Tab, pages: PageServer) -> None:
    options.activate()
    options.click("[data-paint='false']")
    options.wait_until(SAVED, "word that it is saved")
    assert browser.read_storage("settings")["hiddenLabels"] == ["false"]
    tab.activate()
    tab.get(pages.url("article.html"))
    switch_auto_scan(browser, tab, on=True)
    wait_until_scanned(browser, tab)
    assert "plumbline-false" not in tab.evaluate(REGISTERED)


def test_every_site_can_be_scanned_but_the_exceptions(
    browser: Browser, options: Tab, tab: Tab, pages: PageServer
) -> None:
    options.activate()
    options.click("#auto-scan-by-default")
    options.wait_until(SAVED, "word that it is saved")
    tab.activate()
    tab.get(pages.url("article.html"))
    tab.wait_until(f"{REGISTERED}.length > 0", "something painted")
    options.activate()
    options.click("#new-site")
    options.type("http://127.0.0.1:80/page")
    options.press("Enter")
    options.wait_until("document.querySelector('#sites [data-site=\"127.0.0.1\"]') !== null", "the exception listed")
    tab.activate()
    tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")


def test_settings_go_to_a_file_and_come_back(browser: Browser, options: Tab, tmp_path: Path) -> None:
    mine = {**browser.read_storage("settings"), "token": "secret", "askFirst": True, "autoScanSites": ["a.example"]}
    browser.write_storage("settings", mine)
    # a headless browser saves no file: what would be in it is taken from the link that is clicked
    options.evaluate("(HTMLAnchorElement.prototype.click = () => undefined) && true")
    options.evaluate("(URL.createObjectURL = (blob) => ((window.exported = blob.text()), 'blob:')) && true")
    options.click("#export-settings")
    exported = options.wait_until("window.exported", "the file")
    assert "secret" not in exported
    path = tmp_path / "settings.json"
    path.write_text(
        json.dumps({**json.loads(exported), "serverAddress": "https://elsewhere.example"}), encoding="utf-8"
    )
    browser.write_storage("settings", {"serverAddress": mine["serverAddress"], "token": "another"})
    options.choose_file("#import-file", path)
    options.wait_until("document.querySelector('#ask-first').checked", "the imported settings shown")
    now = browser.read_storage("settings")
    assert (now["askFirst"], now["autoScanSites"]) == (True, ["a.example"])
    assert (now["serverAddress"], now["token"]) == (mine["serverAddress"], "another")
    path.write_text("no settings", encoding="utf-8")
    options.choose_file("#import-file", path)
    options.wait_until("document.querySelector('#import-error').textContent !== ''", "a word of refusal")
    assert browser.read_storage("settings") == now


def test_the_token_is_sent_and_its_lack_is_named(browser: Browser, options: Tab, tab: Tab, pages: PageServer) -> None:
    with scripted(lambda text: [statement(text)]) as server:
        server.token_wanted = "open sesame"
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.activate()
        tab.get(pages.url("article.html"))
        tab.select_with_mouse(SENTENCE, "#bridge")
        assert wait_for_card(tab).failure == "no-token"
        tab.press("Escape")
        options.activate()
        options.click("#token")
        options.type("open sesame")
        options.press("Tab")
        options.wait_until(SAVED, "word that it is saved")
        tab.activate()
        tab.select_with_mouse(REPAIR, "#bridge")
        assert wait_for_card(tab).state == "verdict"
        first, *later = server.tokens  # the open card asks which words counted, too
        assert first is None
        assert set(later) == {"Bearer open sesame"}


def test_a_server_on_another_machine_is_used_with_permission_alone(
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
