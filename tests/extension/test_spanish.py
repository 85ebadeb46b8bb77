"""A browser that speaks Spanish: nothing English is left in what the extension itself says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.extension.browsers import Chromium, Tab
from tests.extension.browsers.browser import OPTIONS
from tests.extension.card import HOST, click_in_card, wait_for_card
from tests.extension.page_server import PageServer
from tests.extension.popup import popup_about
from tests.extension.programs import browser_or_skip
from tests.extension.scripted_server import ScriptedServer, scripted, statement

pytestmark = pytest.mark.browser

UNRULED = "Another viral image claims that the COVID-19 vaccine contains a microchip"
READY = {
    OPTIONS: "document.querySelector('#shortcuts').children.length > 0",
    "extension/welcome/welcome.html": "document.querySelector('#server').dataset.state === 'ready'",
}
ALIKE = {"extension_name", "announcement", "card_title", "popup_title", "popup_share"}
"""Texts without a word to translate."""
GAP = re.compile(r"\$\w+\$")
ENGLISH_DATE = re.compile(r"\b(?:Jan|Apr|Aug|Dec)[a-z]* \d|\d{4} at\b")
RULING = {
    "relation": "same-claim",
    "publisher": "Fairhollow Checks",
    "rating": "Pants on Fire",
    "label": "false",
    "speaker": "Rowan Birch",
    "date": "2024-01-17",
    "url": "https://checks.example/bridge",
    "claim": "",
    "title": "Traffic over the bridge",
    "links_to": "ruling",
    "similarity": 0.97,
}
TEXTS = """(root) => {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) {
      if (!node.parentElement.closest('style, script')) found.push(node.data);
    } else {
      found.push(...['aria-label', 'title', 'placeholder', 'alt'].map((name) => node.getAttribute(name) ?? ''));
      // a sentence with an element in it is one
      if ([...node.children].every((child) => child.localName === 'code')) found.push(node.textContent);
    }
  }
  return found.map((text) => text.trim()).filter((text) => text !== '');
}"""


def messages(root: Path, language: str) -> dict[str, str]:
    texts = json.loads((root / "_locales" / language / "messages.json").read_text(encoding="utf-8"))
    return {key: text["message"] for key, text in texts.items()}


def pattern(message: str) -> re.Pattern[str]:
    """What a message looks like with its gaps filled."""
    return re.compile(".+".join(map(re.escape, GAP.split(message))), re.DOTALL)


@pytest.fixture(scope="module")
def spanish(root: Path) -> Iterator[Chromium]:
    with browser_or_skip(lambda: Chromium(root, language="es")) as browser:
        yield browser


@pytest.fixture
def server(spanish: Chromium) -> Iterator[ScriptedServer]:
    """What speaks of the bridge has a ruling, the rest none."""

    def judge(text: str) -> list[dict[str, Any]]:
        if "bridge" in text:
            return [statement(text, "false", basis="fact-check", evidence=[RULING])]
        return [statement(text, "unsure", why="no-ruling", evidence=[{**RULING, "relation": "related"}])]

    with scripted(judge) as running:
        spanish.clear_storage()
        running.newest = "2020-08-14"
        spanish.write_storage("settings", {"serverAddress": running.address, "autoScanSites": ["127.0.0.1"]})
        yield running


@pytest.fixture
def english(root: Path) -> list[re.Pattern[str]]:
    """What each English text looks like that has a word to translate."""
    ours, theirs = messages(root, "en"), messages(root, "es")
    assert {key for key, text in ours.items() if theirs.get(key) == text} <= ALIKE
    return [pattern(text) for key, text in ours.items() if key not in ALIKE]


def left(texts: list[str], english: list[re.Pattern[str]]) -> list[str]:
    """What is English among texts."""
    return [text for text in texts if ENGLISH_DATE.search(text) or any(one.fullmatch(text) for one in english)]


def texts_of(tab: Tab) -> list[str]:
    """Every text of a page and every name of an element."""
    texts: list[str] = tab.evaluate(f"({TEXTS})(document.body)")
    return texts


def check_card(tab: Tab, english: list[re.Pattern[str]], expected: str) -> None:
    """The card and the form in it."""
    wait_for_card(tab)
    shown = tab.call_with_shadow_root(HOST, TEXTS)
    assert expected in shown
    assert left(shown, english) == []
    click_in_card(tab, "[data-action=report]")
    shown = tab.call_with_shadow_root(HOST, TEXTS)
    assert left(shown, english) == []


def test_all_texts_of_the_extension_are_spanish(
    spanish: Chromium, pages: PageServer, server: ScriptedServer, english: list[re.Pattern[str]], root: Path
) -> None:
    tab = spanish.open_tab()
    tab.set_viewport(1000, 700)
    tab.get(pages.url("article.html"))
    with popup_about(spanish, tab) as popup:
        popup.wait_until("document.querySelectorAll('#findings button').length > 0", "the findings")
        popup.wait_until("document.querySelector('#shortcuts').children.length > 0", "the shortcuts")
        shown = texts_of(popup)
        assert messages(root, "es")["popup_findings"] in shown
        assert left(shown, english) == []
        popup.click("#findings button")
    check_card(tab, english, messages(root, "es")["meaning_false"])
    tab.press("Escape")
    tab.select_with_mouse(UNRULED, "#vaccine")
    check_card(tab, english, messages(root, "es")["why_no_ruling"])
    for page, is_complete in READY.items():
        tab.get(spanish.extension_url(page))
        tab.wait_until(is_complete, "the page is complete")
        assert tab.evaluate("document.documentElement.lang") == "es", page
        assert left(texts_of(tab), english) == [], page
    tab.close()
