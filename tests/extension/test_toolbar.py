"""The toolbar button itself, pressed in Chromium: its popup, and the access that the press alone gives."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers.browser import POPUP
from tests.extension.browsers.pipe import ChromiumOverPipe
from tests.extension.page_server import PageServer
from tests.extension.programs import browser_or_skip

pytestmark = pytest.mark.browser


@pytest.fixture
def chromium() -> Iterator[ChromiumOverPipe]:
    if sys.platform == "win32":
        pytest.skip("the pipe's ends are handed over by a Unix shell")
    with browser_or_skip(ChromiumOverPipe) as running:
        yield running


def test_a_click_starts_the_extension_in_a_page_opened_before_it(
    chromium: ChromiumOverPipe, root: Path, pages: PageServer, running_server: RunningServer
) -> None:
    """No content script runs in it, and the manifest gives no permission for its host: `activeTab` alone does."""
    url = pages.url("article.html", "herald.example")
    page = chromium.open(url)
    chromium.wait_until(page, "document.readyState === 'complete'", "the page is loaded")
    extension = chromium.command("Extensions.loadUnpacked", path=str(root))["id"]
    tab = chromium.find("tab", url)
    chromium.command("Target.activateTarget", targetId=tab)
    chromium.command("Extensions.triggerAction", id=extension, targetId=tab)
    popup = chromium.attach(chromium.find("page", f"chrome-extension://{extension}/{POPUP}"))
    settings = json.dumps({"settings": {"serverAddress": running_server.address}})
    chromium.evaluate(popup, f"chrome.storage.local.set({settings})")
    site = chromium.wait_until(popup, "document.querySelector('#site')?.textContent", "the site in the popup")
    assert site == "herald.example"
    chromium.wait_until(popup, "!document.querySelector('#auto-scan').disabled", "a switch to turn")
    chromium.evaluate(popup, "document.querySelector('#auto-scan').click()")
    chromium.wait_until(page, "CSS.highlights.size > 0", "the page painted")
    chromium.wait_until(popup, "document.querySelectorAll('#findings button').length > 0", "the findings listed")
