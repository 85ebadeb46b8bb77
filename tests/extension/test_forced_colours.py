"""Marks for readers whose own colours are forced on pages: lines alone, where Chromium would paint solid blocks."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browsers import Browser, Chromium, Tab
from tests.extension.card import wait_for_card, wait_until_closed
from tests.extension.forced_colours import LINES, force_colours, wait_for_line_at, wait_for_lines
from tests.extension.page_server import PageServer
from tests.extension.painting import REGISTERED
from tests.extension.scripted_server import ScriptedServer, scripted, statement
from tests.extension.shortcuts import press_shortcut

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("running_browser", ["chromium"], indirect=True)]

WORDS = """(selector) => {
  const words = new Range();
  words.selectNodeContents(document.querySelector(selector));
  return words.getBoundingClientRect();
}"""
# Which share of the box of some words is white as the page, and which share of a strip at their foot is black.
SHARES = """async (png, box, ratio) => {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const share = (y, height, has) => {
    const { data } = context.getImageData(box.x * ratio, y * ratio, box.width * ratio, height * ratio);
    const pixels = Array.from({length: data.length / 4}, (_, i) => [...data.slice(4 * i, 4 * i + 3)]);
    return pixels.filter((pixel) => pixel.every(has)).length / pixels.length;
  };
  return {
    paper: share(box.y, box.height - 2, (value) => value > 250),
    line: share(box.bottom - 1, 3, (value) => value < 24),
  };
}"""
RANGES = "[...CSS.highlights.values()].reduce((count, ranges) => count + ranges.size, 0)"
GONE = f"!document.querySelector('{LINES}')"


@pytest.fixture
def server(running_browser: Chromium, browser: Browser, tab: Tab) -> Iterator[ScriptedServer]:
    """What is numbered 2 is true, all else false; pages are scanned, in forced colours."""

    def judge(text: str) -> list[dict[str, Any]]:
        return [statement(text, "true" if text.endswith("2") else "false")] if "mayor" in text else []

    with scripted(judge) as running:
        browser.write_storage("settings", {"serverAddress": running.address, "autoScanSites": ["127.0.0.1"]})
        tab.set_viewport(800, 600, 2)
        force_colours(running_browser, tab)
        yield running


def test_lines_are_drawn_under_marked_words_without_blocks_behind_them(
    browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    tab.get(pages.url("forced_colours.html"))
    tab.wait_until(f"{REGISTERED}.length === 2", "both labels found")
    wait_for_lines(tab, {"false": 1, "true": 1})
    picture = base64.b64encode(tab.picture()).decode()
    for selector in ("#first", "#second"):
        shares = tab.call(SHARES, picture, tab.call(WORDS, selector), 2)
        assert shares["paper"] > 0.6, "a block stands behind the words"
        assert shares["line"] > 0.2, "no line beneath"

    words = tab.call(WORDS, "#second")
    tab.click_at(words["left"] + 20, words["bottom"] - 1)
    assert wait_for_card(tab).statements[0]["label"] == "true", "a press on a line opens the card"
    tab.press("Escape")
    wait_until_closed(tab)
    press_shortcut(browser, tab, "next-finding")
    assert wait_for_card(tab).statements[0]["quote"].endswith("number 3"), "a key leads to the next mark"
    wait_for_lines(tab, {"false": 2})

    tab.get(pages.url("forced_colours.html"))
    wait_for_lines(tab, {"false": 1, "true": 1})
    tab.evaluate("void document.querySelector('#box').scrollTo(0, 90)")
    wait_for_line_at(tab, "false", tab.call(WORDS, "#third")["bottom"])
    wait_for_lines(tab, {"false": 2})
    tab.evaluate("void (document.querySelector('#first').style.marginBlockStart = '200px')")
    wait_for_line_at(tab, "false", tab.call(WORDS, "#third")["bottom"])
    tab.evaluate("void document.querySelector('#first').remove()")
    wait_for_lines(tab, {"false": 1})

    tab.get(pages.url("forced_colours.html"))
    wait_for_lines(tab, {"false": 1, "true": 1})
    top = tab.call(WORDS, "#first")["top"]
    tab.evaluate(f"scrollTo({{top: {top - 20}, behavior: 'instant'}})")
    wait_for_lines(tab, {"true": 1})  # none is drawn on the header that lies over the words


def test_lines_disappear_with_forced_colours_and_with_the_marks(
    running_browser: Chromium, browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    tab.get(pages.url("forced_colours.html"))
    wait_for_lines(tab, {"false": 1, "true": 1})
    assert tab.evaluate(RANGES) == 0, "the browser would paint blocks"
    force_colours(running_browser, tab, forced=False)
    tab.wait_until(f"{RANGES} === 3", "the browser paints the marks")
    tab.wait_until(GONE, "the lines are gone")
    force_colours(running_browser, tab)
    wait_for_lines(tab, {"false": 1, "true": 1})
    browser.write_storage("settings", {**browser.read_storage("settings"), "autoScanSites": []})
    tab.wait_until(GONE, "the lines are gone with the marks")
