"""The popup: pages that cannot be read, and a scan that goes on while it is opened and closed."""

from __future__ import annotations

import pytest

from tests.extension.browsers import Browser, Firefox, Tab
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED
from tests.extension.popup import FINDINGS, popup_about
from tests.extension.scanning import set_auto_scan
from tests.extension.scripted_server import HeldJudge, scripted

pytestmark = pytest.mark.browser

NOTICE = "document.querySelector('#page-notice').textContent"
WELCOME = "extension/welcome/welcome.html"
BUTTON_AFTER_SHORTCUT = """async () => {
  const { onCommand } = await import('/extension/background/keyboard-shortcuts.js');
  const [tab] = await chrome.tabs.query({active: true, currentWindow: true});
  await onCommand('check-selection', tab);
  return [await chrome.action.getBadgeText({tabId: tab.id}), await chrome.action.getTitle({tabId: tab.id})];
}"""


def test_the_popup_names_pages_that_extensions_cannot_read(browser: Browser, tab: Tab, pages: PageServer) -> None:
    article = pages.url("article.html")
    expected = {
        browser.extension_url(WELCOME): "own pages",
        pages.url("empty.pdf"): "PDF",
        f"view-source:{article}": "own pages",
    }
    if isinstance(browser, Firefox):  # it alone has its reader mode as a page, into which it lets no extension
        expected[f"about:reader?url={article}"] = "own pages"
    for address, words in expected.items():
        tab.show(address)
        with popup_about(browser, tab) as popup:
            assert words in popup.wait_until(NOTICE, f"a notice about {address}"), address
            assert popup.evaluate("document.querySelector('#auto-scan').disabled"), address

    tab.get(browser.extension_url(WELCOME))
    tab.activate()
    text, title = browser.back_office.call(BUTTON_AFTER_SHORTCUT)
    assert text == "!", "a shortcut there has no answer at the button"
    assert "cannot read this page" in title


MANY = """(count) => {
  for (let number = 0; number < count; number += 1) {
    const paragraph = document.createElement('p');
    paragraph.textContent = `Bridge number ${number} over the Harlow was closed in May.`;
    document.body.append(paragraph);
  }
}"""
COUNT = 1000
IN_THE_MIDDLE = "Bridge number 700 over the Harlow was closed in May."


def test_the_popup_follows_a_scan_and_closing_it_resends_nothing(browser: Browser, tab: Tab, pages: PageServer) -> None:
    judge = HeldJudge(lambda text: text == IN_THE_MIDDLE)
    with scripted(judge) as server:
        browser.write_storage("settings", {"serverAddress": server.address})
        tab.get(pages.url("strict_policy.html"))
        tab.call(MANY, COUNT)
        set_auto_scan(browser, tab, on=True)
        try:
            assert judge.asked.wait(15), "the scan has come to the middle of the page"
            with popup_about(browser, tab) as popup:
                listed = popup.wait_until(f"{FINDINGS}.length", "the list of findings")
                assert listed > 256, "what the reader sees, and what was answered of the rest"
                assert "Reading" in popup.evaluate("document.querySelector('#findings-count').textContent")
        finally:
            judge.may_answer.set()
        with popup_about(browser, tab) as popup:
            popup.wait_until(f"{FINDINGS}.length === {COUNT + 1}", "the list of all findings")
        tab.wait_until(f"{REGISTERED}.length > 0", "the page painted")
        assert len(server.texts) == len(set(server.texts)) == COUNT + 1
