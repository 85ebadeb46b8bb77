"""The keyboard shortcuts, from their handler on: a headless browser does not pass shortcuts of extensions on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import RunningServer
from tests.extension.article import expected_painting
from tests.extension.browsers import Browser, Tab
from tests.extension.browsers.browser import manifest_of
from tests.extension.card import wait_for_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED, painted_ranges, wait_for_painting
from tests.extension.scanning import set_auto_scan

pytestmark = pytest.mark.browser

RUN_COMMAND = """async (name) => {
  const { onCommand } = await import('/extension/background/commands.js');
  const [tab] = await chrome.tabs.query({active: true, currentWindow: true});
  await onCommand(name, tab);
}"""


def press_shortcut(browser: Browser, tab: Tab, command: str) -> None:
    tab.activate()
    browser.back_office.call(RUN_COMMAND, command)


def quote_in_card(tab: Tab) -> str:
    (statement,) = wait_for_card(tab).statements
    quote: str = statement["quote"]
    return quote


@pytest.fixture
def statements(browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer) -> list[str]:
    """The article is open and scanned; the answer is what is painted, in the order of the page."""
    tab.get(pages.url("article.html"))
    expected = expected_painting(tab, running_server.address)
    set_auto_scan(browser, tab, on=True)
    assert wait_for_painting(tab, expected) == expected
    return [statement.text for statement in painted_ranges(tab)]


def test_next_goes_from_finding_to_finding_and_begins_again(browser: Browser, tab: Tab, statements: list[str]) -> None:
    for statement in [*statements, statements[0]]:
        press_shortcut(browser, tab, "next-finding")
        assert quote_in_card(tab) == statement


def test_previous_begins_at_the_end(browser: Browser, tab: Tab, statements: list[str]) -> None:
    for statement in reversed(statements):
        press_shortcut(browser, tab, "previous-finding")
        assert quote_in_card(tab) == statement


def test_toggle_switches_auto_scan_on_and_off(browser: Browser, tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    press_shortcut(browser, tab, "toggle-site")
    tab.wait_until(f"{REGISTERED}.length > 0", "something painted")
    press_shortcut(browser, tab, "toggle-site")
    tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")


def test_check_selection_takes_the_focus_and_gives_it_back(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("article.html"))
    tab.evaluate("document.querySelector('#bridge a').focus()")
    tab.evaluate("getSelection().selectAllChildren(document.querySelector('#item'))")
    press_shortcut(browser, tab, "check-selection")
    assert quote_in_card(tab) == tab.evaluate("document.querySelector('#item').textContent")
    assert tab.evaluate("document.activeElement.localName") == "plumbline-card"
    tab.press("Escape")
    wait_until_closed(tab)
    assert tab.evaluate("document.activeElement.textContent") == "about 9,400 cars a day"


def test_check_selection_without_one_says_what_to_do(browser: Browser, tab: Tab, pages: PageServer) -> None:
    tab.get(pages.url("article.html"))
    press_shortcut(browser, tab, "check-selection")
    assert wait_for_card(tab).state == "notice"


def test_hide_marks_takes_them_from_sight_and_brings_them_back(
    browser: Browser, tab: Tab, statements: list[str]
) -> None:
    press_shortcut(browser, tab, "hide-marks")
    tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")
    press_shortcut(browser, tab, "hide-marks")
    tab.wait_until(f"{REGISTERED}.length > 0", "the marks again")
    assert [statement.text for statement in painted_ranges(tab)] == statements


# what Chrome for Windows and Linux does with Alt and Shift, and macOS with Control and Shift in a text
TAKEN_BY_CHROME = set("ABCINPRTWXZ")
TAKEN_BY_MACOS = set("ABEFNPV")


def test_the_manifest_suggests_keys_that_are_free_and_no_more_than_chrome_takes(root: Path) -> None:
    commands = manifest_of(root)["commands"]
    assert sorted(commands) == ["check-selection", "hide-marks", "next-finding", "previous-finding", "toggle-site"]
    keys = [command["suggested_key"] for command in commands.values() if "suggested_key" in command]
    assert len(keys) == 4
    for key in keys:
        assert key["default"].removeprefix("Alt+Shift+") not in TAKEN_BY_CHROME
        assert key["mac"].startswith("MacCtrl+Shift+"), "Option and Shift type a character"
        assert key["mac"].removeprefix("MacCtrl+Shift+") not in TAKEN_BY_MACOS
    assert len({key["default"] for key in keys} | {key["mac"] for key in keys}) == 8


LISTED = """[...document.querySelectorAll('#shortcuts div')]
  .map((pair) => [pair.dataset.command, pair.querySelector('dd').textContent])"""
ASSIGNED = """chrome.commands.getAll().then((commands) => commands.filter(({description}) => description)
  .map(({name, shortcut}) => [name, shortcut || 'not assigned']))"""


PAGES = ["extension/popup/popup.html", "extension/options/options.html", "extension/welcome/welcome.html"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_lists_the_shortcuts_that_there_are(browser: Browser, tab: Tab, page: str) -> None:
    tab.get(browser.extension_url(page))
    tab.wait_until(f"{LISTED}.length > 0", "the list of shortcuts")
    listed = tab.evaluate(LISTED)
    assert listed == browser.back_office.evaluate(ASSIGNED)
    assert len(listed) == 5
    hint = tab.evaluate("document.querySelector('#shortcuts-hint').textContent")
    assert bool(hint) == any(keys == "not assigned" for _, keys in listed)


@pytest.mark.parametrize("running_browser", ["firefox"], indirect=True)
def test_a_shortcut_of_the_readers_choice_is_listed(browser: Browser, tab: Tab) -> None:
    """Firefox alone lets an extension choose others."""
    browser.back_office.evaluate("chrome.commands.update({name: 'next-finding', shortcut: 'Ctrl+Shift+9'})")
    try:
        tab.get(browser.extension_url("extension/popup/popup.html"))
        tab.wait_until(f"{LISTED}.length > 0", "the list of shortcuts")
        assert dict(tab.evaluate(LISTED))["next-finding"] == "Ctrl+Shift+9"
    finally:
        browser.back_office.evaluate("chrome.commands.reset('next-finding')")


CHOSEN = """async () => {
  const { showShortcuts } = await import('/extension/shared/shortcut-list.js');
  const commands = await chrome.commands.getAll();
  const shortcuts = {'check-selection': 'Ctrl+Shift+9', 'toggle-site': ''};
  const chosen = commands.map((one) => ({...one, shortcut: shortcuts[one.name] ?? 'Alt+Shift+7'}));
  Object.defineProperty(webext.commands, 'getAll', {value: async () => chosen});
  await showShortcuts();
}"""


@pytest.mark.parametrize("page", PAGES)
def test_what_the_reader_chose_or_took_away_is_listed(browser: Browser, tab: Tab, page: str) -> None:
    """As if chosen: Chromium lets nobody but the reader do it."""
    tab.get(browser.extension_url(page))
    tab.wait_until(f"{LISTED}.length > 0", "the list of shortcuts")
    tab.call(CHOSEN)
    listed = dict(tab.evaluate(LISTED))
    assert (listed["check-selection"], listed["next-finding"]) == ("Ctrl+Shift+9", "Alt+Shift+7")
    assert listed["toggle-site"] == "not assigned"
    assert "not assigned" in tab.evaluate("document.querySelector('#shortcuts-hint').textContent")
