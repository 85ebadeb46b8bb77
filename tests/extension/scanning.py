"""Auto-scan, switched and watched without the popup."""

from __future__ import annotations

import json
from typing import Any

from tests.extension.browsers import Browser, Tab
from tests.extension.browsers.page import PATIENCE_SECONDS, POLL_SECONDS

ASK_PAGE = """async (url) => {
  await import('/extension/shared/messages.js');
  const [{id}] = (await chrome.tabs.query({})).filter((tab) => tab.url === url);
  return messages.askTab(id, {type: 'page-state'}, 0);
}"""


def ask_page(browser: Browser, tab: Tab) -> dict[str, Any]:
    """The answer of the top frame of a tab; no other tab may show the same address."""
    answer: dict[str, Any] = browser.back_office.call(ASK_PAGE, tab.evaluate("location.href"))
    return answer


def set_auto_scan(browser: Browser, tab: Tab, on: bool) -> None:
    """Do what the popup's switch does, which has tests of its own, without the popup."""
    sites = [tab.evaluate("location.hostname")] if on else []
    browser.write_storage("settings", {**browser.read_storage("settings"), "autoScanSites": sites})


def wait_until_scanned(
    browser: Browser, tab: Tab, seconds: float = PATIENCE_SECONDS, look_every: float = POLL_SECONDS
) -> None:
    """Return as soon as the auto-scan of a page, which must be on, has read all there is."""
    url = json.dumps(tab.evaluate("location.href"))
    is_read = f"({ASK_PAGE})({url}).then((page) => page.isAutoScanned && !page.isScanning)"
    browser.back_office.wait_until(is_read, "the page is read", seconds, look_every)
