"""However a reader has the world displayed: forced colours, less motion, the other direction, the browser's views."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.extension.browsers import Browser, Chromium, Tab
from tests.extension.card import HOST, wait_for_card
from tests.extension.forced_colours import colours_forced
from tests.extension.page_server import PageServer
from tests.extension.scripted_server import ScriptedServer, scripted, statement

pytestmark = pytest.mark.browser

BRIDGE = "The old bridge carried about 9,400 cars a day last year"
LABELS = ["false", "mixed", "true", "likely-false", "likely-true", "unsure"]
STYLES = """(root) => {
  const style = (part) => getComputedStyle(root.querySelector(`[part~="${part}"]`));
  const [card, label, quote] = ['card', 'label', 'quote'].map(style);
  return {
    border: [card.borderTopWidth, card.borderTopColor], shadow: card.boxShadow, direction: card.direction,
    ink: label.color, paper: card.backgroundColor, shape: label.textDecorationStyle, quoted: quote.direction,
  };
}"""
SYSTEM_COLOURS = """(() => {
  const probe = document.createElement('p');
  document.body.append(probe);
  const found = ['CanvasText', 'Canvas'].map((name) => {
    probe.style.color = name;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return found;
})()"""


@pytest.fixture
def server(browser: Browser) -> Iterator[ScriptedServer]:
    """Every text is likely false."""

    def judge(text: str) -> list[dict[str, Any]]:
        return [statement(text, reasons=[{"start": 0, "end": 8, "weight": -1.0}])]

    with scripted(judge) as running:
        browser.write_storage("settings", {"serverAddress": running.address})
        yield running


@pytest.fixture
def tab_in_forced_colours(browser: Browser, tab: Tab) -> Iterator[Tab]:
    with colours_forced(browser, tab):
        yield tab


def test_forced_colours_apply_and_line_shapes_remain(
    tab_in_forced_colours: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    tab = tab_in_forced_colours
    tab.get(pages.url("article.html"))
    tab.select_with_mouse(BRIDGE, "#bridge")
    wait_for_card(tab)
    styles = tab.call_with_shadow_root(HOST, STYLES)
    ink, paper = tab.evaluate(SYSTEM_COLOURS)
    assert ink != paper
    assert (styles["ink"], styles["paper"], styles["border"], styles["shadow"]) == (ink, paper, ["2px", ink], "none")
    assert styles["shape"] == "dashed"
    painted = tab.evaluate(
        "(({textDecorationLine, textDecorationStyle}) => [textDecorationLine, textDecorationStyle])"
        "(getComputedStyle(document.querySelector('#bridge'), '::highlight(plumbline-likely-false)'))"
    )
    assert painted == ["underline", "dashed"]
    tints = tab.call(
        "(labels) => labels.map((label) => getComputedStyle(document.querySelector('#bridge'),"
        " `::highlight(plumbline-${label})`)).map((style) => [style.backgroundColor, style.textDecorationSkipInk])",
        LABELS,
    )
    for tint, skipped in tints:
        assert tint.endswith(", 0)"), "a tint becomes a solid block"
        assert skipped == "none", "letters would cut the shape of the line"


def test_the_card_has_the_direction_of_the_readers_language_and_quotes_that_of_the_page(
    tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    tab.get(pages.url("right_to_left.html"))
    text = tab.evaluate("document.querySelector('#hebrew').textContent")
    tab.select_with_mouse(text, "#hebrew")
    card = wait_for_card(tab)
    styles = tab.call_with_shadow_root(HOST, STYLES)
    assert (styles["direction"], styles["quoted"]) == ("ltr", "rtl")
    words = tab.evaluate("getSelection().getRangeAt(0).getBoundingClientRect()")
    assert abs(card.rectangle["right"] - words["right"]) < 2, "it begins where the text begins"
    assert card.rectangle["left"] >= 0


def test_marks_are_printed_only_by_choice_and_the_card_never(
    browser: Browser, tab: Tab, pages: PageServer, server: ScriptedServer
) -> None:
    tab.get(pages.url("article.html"))
    tab.select_with_mouse(BRIDGE, "#bridge")
    wait_for_card(tab)
    media = "document.adoptedStyleSheets.at(-1).cssRules[0].media.mediaText"
    assert tab.evaluate(media) == "screen"
    if isinstance(browser, Chromium):
        browser.devtools(tab, "Emulation.setEmulatedMedia", media="print")
        assert tab.evaluate(f"getComputedStyle(document.querySelector('{HOST}')).display") == "none"
        browser.devtools(tab, "Emulation.setEmulatedMedia", media="")
    browser.write_storage("settings", {**browser.read_storage("settings"), "printMarks": True})
    tab.wait_until(f"{media} === 'screen, print'", "marks on paper")
