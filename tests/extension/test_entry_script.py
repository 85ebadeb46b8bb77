"""What runs in every page is small, the rest comes when it is needed, and no page finds out that either is there."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Chromium, Tab
from tests.extension.browsers.browser import content_script_files, manifest_of
from tests.extension.browsers.page import PATIENCE_SECONDS
from tests.extension.browsers.trace import tracing
from tests.extension.card import wait_for_card
from tests.extension.local_http import QuietHandler, serving_in_a_thread
from tests.extension.page_server import PageServer
from tests.extension.painting import wait_for_painting
from tests.extension.scanning import ask_page
from tests.extension.server_verdicts import painted_in

pytestmark = pytest.mark.browser

CLAIM = "The old bridge carried about 9,400 cars a day last year"
TRACES = """[performance.getEntries().map(({name}) => name).filter((name) => name.includes('extension://')),
  window.violations ?? []]"""
WATCH_POLICY = """(window.violations = [],
  addEventListener('securitypolicyviolation', ({blockedURI}) => window.violations.push(blockedURI)), 0)"""
# every way by which a page can ask for an address: each says whether there was something
PROBES = """async (address) => {
  const element = (name, key) => new Promise((answer) => {
    const made = document.createElement(name);
    made.onload = () => answer(true);
    made.onerror = () => answer(false);
    made[key] = address;
    document.head.append(made);
  });
  return Promise.all([
    fetch(address).then(() => true, () => false),
    import(address).then(() => true, () => false),
    element('script', 'src'),
  ]);
}"""


@pytest.mark.parametrize("running_browser", ["chromium"], indirect=True)
def test_only_the_entry_script_runs_in_a_page_without_selection_or_scan(
    root: Path, browser: Browser, tab: Tab, pages: PageServer
) -> None:
    tab.get(pages.url("article.html"))
    with tracing(tab) as trace:
        tab.reload()
        tab.click("h1")
        ask_page(browser, tab)
    assert trace.scripts_of(browser.extension_origin) == set(content_script_files(root))
    tab.select_with_mouse(CLAIM, "#bridge")
    assert wait_for_card(tab).state == "verdict", "the first selection finds the rest"


def test_no_page_can_detect_the_extension_and_a_sandboxed_page_is_read(
    root: Path, browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    names = "Object.getOwnPropertyNames(window).sort()"
    for page in ("article.html", "strict_policy.html"):
        tab.get(pages.url(page))
        before: list[str] = tab.evaluate(names)
        tab.evaluate(WATCH_POLICY)
        text = tab.evaluate("document.querySelector('#claim, #bridge').textContent.trim()")
        tab.select_with_mouse(text, "#claim, #bridge")
        wait_for_card(tab)
        entries, violations = tab.evaluate(TRACES)
        assert (entries, violations) == ([], []), page
        assert set(tab.evaluate(names)) - set(before) == {"violations"}, page
        if isinstance(browser, Chromium) and page == "article.html":  # Firefox draws the extension's address by lot
            (resources,) = (one["resources"] for one in manifest_of(root)["web_accessible_resources"])
            for path in (resources[0], resources[-1]):
                assert tab.call(PROBES, browser.extension_url(path)) == [False, False, False]

    tab.get(pages.url("article.html?sandbox"))
    assert tab.evaluate("origin") == "null", "its origin is nobody's, as that of raw files on GitHub"
    text = tab.evaluate("document.querySelector('#ballots').textContent")
    expected = painted_in(running_server.address, text)
    tab.select_with_mouse(text, "#ballots")
    assert wait_for_painting(tab, expected) == expected


def test_a_selection_before_loading_is_checked(browser: Browser, tab: Tab, pages: PageServer) -> None:
    """The scripts come when the page is read to its end; the reader does not wait for that."""
    tab.get(pages.url("article.html"))
    place: list[Any] = tab.evaluate("[innerWidth / 2, innerHeight - 5]")
    for _ in range(3):
        tab.reload()
        tab.click_at(*place)
        tab.select_with_mouse(CLAIM, "#bridge")
        assert wait_for_card(tab).statements[0]["quote"] == CLAIM

    rest = threading.Event()

    class Handler(QuietHandler):
        def do_GET(self) -> None:  # noqa: N802  (the name is http.server's)
            if self.path == "/":
                page = f"<!doctype html><p id='claim'>{CLAIM}.</p><script src='rest.js'></script>"
                self.send_whole(200, "text/html; charset=utf-8", page.encode())
            else:
                rest.wait(PATIENCE_SECONDS)
                self.send_whole(200, "text/javascript", b"")

    with serving_in_a_thread(Handler) as port:
        tab.show(f"http://127.0.0.1:{port}/")
        tab.wait_until("document.querySelector('#claim') && document.readyState === 'loading'", "the first half")
        tab.select_with_mouse(CLAIM, "#claim")
        tab.wait_until("String(getSelection()).length > 20", "the selection")
        rest.set()
        assert wait_for_card(tab).statements[0]["quote"] == CLAIM
