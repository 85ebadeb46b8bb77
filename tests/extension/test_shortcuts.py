"""The keyboard shortcuts, from their handler on, and the list of them that the extension's pages show."""

from __future__ import annotations

import pytest

from tests.conftest import RunningServer
from tests.extension.article import expected_painting
from tests.extension.browsers import Browser, Firefox, Tab
from tests.extension.card import wait_for_card, wait_until_closed
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED, painted_ranges, wait_for_painting
from tests.extension.shortcuts import press_shortcut

pytestmark = pytest.mark.browser


def quote_in_card(tab: Tab) -> str:
    (statement,) = wait_for_card(tab).statements
    quote: str = statement["quote"]
    return quote


def test_each_shortcut_works_in_the_page(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("article.html"))
    press_shortcut(browser, tab, "check-selection")
    assert wait_for_card(tab).state == "notice", "without a selection it says what to do"
    tab.press("Escape")
    wait_until_closed(tab)
    tab.evaluate("document.querySelector('#bridge a').focus()")
    tab.evaluate("getSelection().selectAllChildren(document.querySelector('#item'))")
    press_shortcut(browser, tab, "check-selection")
    assert quote_in_card(tab) == tab.evaluate("document.querySelector('#item').textContent")
    assert tab.evaluate("document.activeElement.localName") == "plumbline-card"
    tab.press("Escape")
    wait_until_closed(tab)
    assert tab.evaluate("document.activeElement.textContent") == "about 9,400 cars a day", "the focus has not come back"

    expected = expected_painting(tab, running_server.address)
    press_shortcut(browser, tab, "toggle-site")
    assert wait_for_painting(tab, expected) == expected
    statements = [statement.text for statement in painted_ranges(tab)]
    for statement in [*statements, statements[0]]:
        press_shortcut(browser, tab, "next-finding")
        assert quote_in_card(tab) == statement
    press_shortcut(browser, tab, "previous-finding")
    assert quote_in_card(tab) == statements[-1]

    press_shortcut(browser, tab, "hide-marks")
    tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")
    assert tab.evaluate("document.adoptedStyleSheets.length") == 0
    press_shortcut(browser, tab, "hide-marks")
    tab.wait_until(f"{REGISTERED}.length > 0", "the marks again")
    assert [statement.text for statement in painted_ranges(tab)] == statements
    press_shortcut(browser, tab, "toggle-site")
    tab.wait_until(f"{REGISTERED}.length === 0", "no highlight registered")


LISTED = """[...document.querySelectorAll('#shortcuts div')]
  .map((pair) => [pair.dataset.command, pair.querySelector('dd').textContent])"""
ASSIGNED = """chrome.commands.getAll().then((commands) => commands.filter(({description}) => description)
  .map(({name, shortcut}) => [name, shortcut || 'not assigned']))"""
PAGES = ["extension/popup/popup.html", "extension/options/options.html", "extension/welcome/welcome.html"]


def test_popup_options_and_welcome_page_list_the_browsers_shortcuts(browser: Browser, tab: Tab) -> None:
    for page in PAGES:
        tab.get(browser.extension_url(page))
        tab.wait_until(f"{LISTED}.length > 0", "the list of shortcuts")
        listed = tab.evaluate(LISTED)
        assert listed == browser.back_office.evaluate(ASSIGNED), page
        assert len(listed) == 5, page
        hint = tab.evaluate("document.querySelector('#shortcuts-hint').textContent")
        assert bool(hint) == any(keys == "not assigned" for _, keys in listed), page
    if isinstance(browser, Firefox):  # it alone lets an extension choose others
        browser.back_office.evaluate("chrome.commands.update({name: 'next-finding', shortcut: 'Ctrl+Shift+9'})")
        try:
            tab.get(browser.extension_url(PAGES[0]))
            tab.wait_until(f"{LISTED}.length > 0", "the list of shortcuts")
            assert dict(tab.evaluate(LISTED))["next-finding"] == "Ctrl+Shift+9"
        finally:
            browser.back_office.evaluate("chrome.commands.reset('next-finding')")
