"""For every reader: what axe finds, the focus, and marks that differ without colour."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import RunningServer
from tests.extension.article import expected_painting
from tests.extension.browsers import Browser, Chromium, Tab
from tests.extension.card import HOST, wait_for_card
from tests.extension.forced_colours import colours_forced, wait_for_lines
from tests.extension.page_server import NODE_MODULES, PageServer
from tests.extension.painting import REGISTERED, wait_for_painting
from tests.extension.popup import popup_about
from tests.extension.scanning import set_auto_scan
from tests.extension.scripted_server import scripted, statement

pytestmark = [pytest.mark.browser, pytest.mark.node]

LABELS = ("false", "mixed", "true", "likely-false", "likely-true", "unsure")
RULES = (
    "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']}"
)
READY = {
    "extension/options/options.html": "document.querySelector('#shortcuts').children.length > 0",
    "extension/welcome/welcome.html": "document.querySelector('#server').dataset.state === 'ready'",
}


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, https://github.com/dequelabs/axe-core."""
    source = NODE_MODULES / "axe-core" / "axe.min.js"
    if not source.is_file():
        pytest.skip("axe-core is not installed: python3 scripts/test.py installs it, or `npm ci` in tests/extension")
    return source.read_text(encoding="utf-8")


def violations(tab: Tab, axe: str, within: str = "document") -> list[str]:
    """What axe finds, with the elements, in words."""
    tab.call(f"() => {{ {axe}; return true; }}")
    found: list[dict[str, Any]] = tab.evaluate(
        f"axe.run({within}, {RULES}).then(({{violations}}) => violations.map(({{id, nodes}}) => "
        "({id, nodes: nodes.map(({target, failureSummary}) => [String(target), failureSummary])})))"
    )
    return [f"{one['id']}: {one['nodes']}" for one in found]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, browser: Browser, tab: Tab) -> Iterator[str]:
    """The colours that the tab prefers."""
    browser.set_scheme(tab, request.param)
    yield request.param
    browser.set_scheme(tab, "light")


def test_pages_popup_and_card_are_accessible(
    browser: Browser, tab: Tab, pages: PageServer, running_server: RunningServer, axe: str, scheme: str
) -> None:
    for page, is_complete in READY.items():
        tab.get(browser.extension_url(page))
        tab.wait_until(is_complete, "the page is complete")
        assert tab.evaluate(f"matchMedia('(prefers-color-scheme: {scheme})').matches")
        assert violations(tab, axe) == [], page

    tab.get(pages.url("article.html"))
    article = expected_painting(tab, running_server.address)
    set_auto_scan(browser, tab, on=True)
    wait_for_painting(tab, article)
    with popup_about(browser, tab) as popup:
        browser.set_scheme(popup, scheme)
        popup.wait_until(f"document.querySelectorAll('#findings button').length === {len(article)}", "the findings")
        assert violations(popup, axe) == []
        popup.click("#findings button")
    wait_for_card(tab)
    host = f"document.querySelector('{HOST}')"
    assert violations(tab, axe, host) == []
    tab.press("Tab")
    focused = tab.evaluate(f"{host}.shadowRoot.activeElement.getAttribute('part')")
    assert focused == "body", "the first step leads into the card"
    links = tab.evaluate(f"{host}.shadowRoot.querySelectorAll('a').length")
    assert links > 0
    for part in (*[None] * links, "action", "action", "action", "action", "close"):
        tab.press("Tab")
        assert tab.evaluate(f"{host}.shadowRoot.activeElement.getAttribute('part')") == part, "a link has no part"
    for _ in range(4):
        tab.press("Shift", "Tab")
    tab.press("Enter")
    tab.wait_until(f"{host}.shadowRoot.activeElement?.localName === 'input'", "the focus in the form")
    assert violations(tab, axe, host) == []


# The same strip of the screenshot under each paragraph's line, in grey: how much each pair of strips differs.
DIFFERENCES = """async (png, strips, ratio) => {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context.drawImage(bitmap, 0, 0);
  const greys = strips.map(({left, top, width, height}) => {
    const {data} = context.getImageData(left * ratio, top * ratio, width * ratio, height * ratio);
    return Array.from({length: data.length / 4}, (_, i) => (data[4 * i] + data[4 * i + 1] + data[4 * i + 2]) / 3);
  });
  return greys.flatMap((one, i) => greys.slice(i + 1).map((other, j) =>
    [i, i + 1 + j, one.reduce((sum, grey, k) => sum + Math.abs(grey - other[k]), 0) / one.length]));
}"""
STRIPS = """[...document.querySelectorAll('p')].map((one) => {
  const words = new Range();
  words.selectNodeContents(one);
  const {left, bottom} = words.getClientRects()[0];
  return {left: left + 40, top: bottom - 4, width: 240, height: 8};
})"""
LEAST_DIFFERENCE = 6.0  # of 255 grey levels on the average: two strips of one label differ by 0


def check_marks_differ(tab: Tab, seen_by: str) -> None:
    """The lines under the same words differ from label to label in a picture of the page."""
    picture = base64.b64encode(tab.picture()).decode()
    differences = tab.call(DIFFERENCES, picture, tab.evaluate(STRIPS), 2)
    assert len(differences) == 15
    alike = [(LABELS[i], LABELS[j], grey) for i, j, grey in differences if grey < LEAST_DIFFERENCE]
    assert alike == [], seen_by


@pytest.mark.parametrize("running_browser", ["chromium"], indirect=True)
def test_marks_stay_apart_for_colour_blind_readers(
    running_browser: Chromium, browser: Chromium, tab: Tab, pages: PageServer
) -> None:
    """Compare the marks in grey: what still differs there differs by the shape of the line."""
    labels = iter(LABELS)
    with scripted(lambda text: [statement(text, next(labels))]) as server:
        shown = {"serverAddress": server.address, "autoScanSites": ["127.0.0.1"], "paintUnsure": True}
        browser.write_storage("settings", shown)
        tab.set_viewport(800, 600, 2)
        tab.get(pages.url("same_words.html"))
        tab.wait_until(f"{REGISTERED}.length === {len(LABELS)}", "every label painted")
        for deficiency in ("none", "protanopia", "deuteranopia", "tritanopia", "achromatopsia"):
            browser.devtools(tab, "Emulation.setEmulatedVisionDeficiency", type=deficiency)
            check_marks_differ(tab, deficiency)


@pytest.mark.parametrize("seen_in", ["light", "dark"])
def test_marks_stay_apart_in_forced_colours(browser: Browser, tab: Tab, pages: PageServer, seen_in: str) -> None:
    """A picture of what a reader sees whose own colours are forced on pages."""
    labels = iter(LABELS)
    with scripted(lambda text: [statement(text, next(labels))]) as server, colours_forced(browser, tab, seen_in):
        shown = {"serverAddress": server.address, "autoScanSites": ["127.0.0.1"], "paintUnsure": True}
        browser.write_storage("settings", shown)
        tab.set_viewport(800, 600, 2)
        tab.get(pages.url("same_words.html"))
        tab.wait_until(f"{REGISTERED}.length === {len(LABELS)}", "every label painted")
        if isinstance(browser, Chromium):
            # a double line is two
            wait_for_lines(tab, {label: 2 if label == "mixed" else 1 for label in LABELS})
        assert tab.evaluate("matchMedia('(forced-colors: active)').matches")
        assert tab.evaluate(f"matchMedia('(prefers-color-scheme: {seen_in})').matches")
        check_marks_differ(tab, seen_in)
