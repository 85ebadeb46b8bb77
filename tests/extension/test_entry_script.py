"""What runs in every page is small, the rest comes when it is needed, and no page finds out that either is there."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.extension.browsers import Browser, Chromium, Tab
from tests.extension.browsers.browser import manifest_of
from tests.extension.browsers.tab import PATIENCE_SECONDS
from tests.extension.browsers.trace import tracing
from tests.extension.card import wait_for_card
from tests.extension.engine import painted_in
from tests.extension.local_http import QuietHandler, serving_in_a_thread
from tests.extension.page_server import PageServer
from tests.extension.painting import wait_for_painting
from tests.extension.scanning import ask_page, set_auto_scan

pytestmark = pytest.mark.browser

MOST_BYTES = 24_000
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


def first_files(root: Path) -> list[str]:
    """What the manifest lets run in every page."""
    ((script),) = manifest_of(root)["content_scripts"]
    files: list[str] = script["js"]
    return files


def test_what_runs_in_every_page_is_small(root: Path) -> None:
    assert sum((root / path).stat().st_size for path in first_files(root)) < MOST_BYTES


@pytest.mark.parametrize("running_browser", ["chromium"], indirect=True)
def test_nothing_else_runs_in_a_page_that_is_only_read(
    root: Path, browser: Browser, tab: Tab, pages: PageServer
) -> None:
    tab.get(pages.url("article.html"))
    with tracing(tab) as trace:
        tab.reload()
        tab.click("h1")
        ask_page(browser, tab)
    assert trace.scripts_of(browser.extension_origin) == set(first_files(root))
    tab.select_with_mouse(CLAIM, "#bridge")
    assert wait_for_card(tab).state == "verdict", "the first selection finds the rest"


@pytest.mark.parametrize("page", ["article.html", "strict_policy.html"])
def test_a_page_does_not_find_out(root: Path, browser: Browser, tab: Tab, pages: PageServer, page: str) -> None:
    tab.get(pages.url(page))
    names = "Object.getOwnPropertyNames(window).sort()"
    before: list[str] = tab.evaluate(names)
    tab.evaluate(WATCH_POLICY)
    text = tab.evaluate("document.querySelector('#claim, #bridge').textContent.trim()")
    tab.select_with_mouse(text, "#claim, #bridge")
    wait_for_card(tab)
    entries, violations = tab.evaluate(TRACES)
    assert (entries, violations) == ([], [])
    assert set(tab.evaluate(names)) - set(before) == {"violations"}
    if isinstance(browser, Chromium) and page == "article.html":  # Firefox draws the extension's address by lot
        (resources,) = (one["resources"] for one in manifest_of(root)["web_accessible_resources"])
        for path in (resources[0], resources[-1]):
            assert tab.call(PROBES, browser.extension_url(path)) == [False, False, False]


def test_every_part_is_listed(root: Path) -> None:
    """A part that the manifest does not name cannot be loaded; one that is there twice is read twice."""
    (listed,) = (one["resources"] for one in manifest_of(root)["web_accessible_resources"])
    content = {path.relative_to(root).as_posix() for path in (root / "extension" / "content").rglob("*.js")}
    shared = {f"extension/shared/{name}.js" for name in ("translations", "addresses", "settings", "vocabulary")}
    assert sorted(listed) == sorted({*content, *shared} - set(first_files(root)))


def test_a_page_in_a_sandbox_is_read(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    """Its origin is nobody's, as that of raw files on GitHub."""
    tab.get(pages.url("article.html?sandbox"))
    assert tab.evaluate("origin") == "null"
    text = tab.evaluate("document.querySelector('#ballots').textContent")
    expected = painted_in(running_server.address, text)
    tab.select_with_mouse(text, "#ballots")
    assert wait_for_painting(tab, expected) == expected


def test_what_is_selected_before_anything_is_loaded_is_not_lost(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer
) -> None:
    tab.get(pages.url("article.html"))
    place: list[Any] = tab.evaluate("[innerWidth / 2, innerHeight - 5]")
    set_auto_scan(browser, tab, on=False)
    for _ in range(3):
        tab.reload()
        tab.click_at(*place)
        tab.select_with_mouse(CLAIM, "#bridge")
        card = wait_for_card(tab)
        assert json.dumps(CLAIM) == json.dumps(card.statements[0]["quote"])


def test_what_is_selected_while_the_page_still_loads_is_not_lost(browser: Browser, tab: Tab) -> None:
    """The scripts come when the page is read to its end; the reader does not wait for that."""
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


@pytest.mark.parametrize("running_browser", ["chromium"], indirect=True)
def test_an_update_under_a_page_that_needed_nothing_yet_is_told(browser: Browser, tab: Tab, pages: PageServer) -> None:
    """Firefox starts the new scripts in such a page."""
    tab.get(pages.url("article.html"))
    other = browser.open_tab()
    tab.wait_until("document.hidden", "the page out of sight", look_every=0.2)
    other.close()
    browser.install_again()
    tab.activate()
    tab.select_with_mouse(CLAIM, "#bridge")
    assert "Reload this page" in wait_for_card(tab).text
    tab.press("Escape")
    tab.wait_until("!document.querySelector('plumbline-card')", "the word is gone")
