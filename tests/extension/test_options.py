"""The options page: what is set there holds at once, and and none but the reader lets text go to another machine."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.extension.browsers import Browser, Tab
from tests.extension.browsers.browser import OPTIONS
from tests.extension.card import wait_for_card
from tests.extension.engine import judge
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED
from tests.extension.popup import switch_auto_scan
from tests.extension.recording_server import recording

pytestmark = pytest.mark.browser

ADDRESS = "#server-address"
SAVED = "document.querySelector('#saved').textContent !== ''"
SENTENCE = "The old bridge carried about 9,400 cars a day last year"


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
    for character in address:
        options.press(character)
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
    text = tab.evaluate("document.querySelector('#vaccine').textContent")
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
