"""Take the pictures of the README from the real product: python scripts/take_screenshots.py

The real server judges a page of our own (scripts/screenshots/) in a real Chromium; the pictures go to assets/.
"""

from __future__ import annotations

import sys
from pathlib import Path

# The browsers that the tests drive are a package of the repository root.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.serving import ROOT, running_server

from tests.extension.browsers import BrowserMissingError, Chromium, Tab
from tests.extension.page_server import PageServer, serving_pages

ASSETS = ROOT / "assets"
PAGE = "newspaper.html"
SITE = "herald.example"
PORT = 8642  # what a reader's own popup will say
PAGE_SIZE = (1000, 900)
PIXEL_RATIO = 2.0  # readers of the README have fine screens
MIDDLE_OF_PAINTED_LINE = """[...CSS.highlights.values()].flatMap((ranges) => [...ranges])
  .filter((range) => document.querySelector('#claim').contains(range.startContainer))
  .map((range) => range.getClientRects()[0])
  .map((line) => [line.left + line.width / 2, line.top + line.height / 2])[0] ?? null"""
CARD_IS_OPEN = """document.querySelector('plumbline-card')?.shadowRoot
  .querySelector('[part=card]').dataset.state === 'verdict'"""


def main() -> None:
    """Write every picture, in light and in dark."""
    pages_folder = Path(__file__).with_name("screenshots")
    try:
        browser = Chromium(ROOT)
    except BrowserMissingError as missing:
        raise SystemExit(f"Pictures are taken in Chromium: {missing}") from missing
    with browser, running_server(PORT) as address, serving_pages(pages_folder) as pages:
        browser.write_storage("settings", {"serverAddress": address, "autoScanSites": [SITE]})
        for scheme in ("light", "dark"):
            tab = _open(browser, scheme)
            _take_page(tab, pages, ASSETS / f"page-{scheme}.png")
            _take_popup(browser, tab, scheme, ASSETS / f"popup-{scheme}.png")
            tab.close()


def _open(browser: Chromium, scheme: str, background: bool = False) -> Tab:
    tab = browser.open_tab(background)
    browser.set_scheme(tab, scheme)
    return tab


def _take_page(tab: Tab, pages: PageServer, picture: Path) -> None:
    """The page after a scan, with the card of the statement that was clicked."""
    tab.set_viewport(*PAGE_SIZE, PIXEL_RATIO)
    tab.get(pages.url(PAGE, SITE))
    tab.click_at(*tab.wait_until(MIDDLE_OF_PAINTED_LINE, "the claim is painted"))
    tab.wait_until(CARD_IS_OPEN, "the card with its verdict")
    tab.screenshot(picture)
    print(picture.relative_to(ROOT))
    tab.press("Escape")


def _take_popup(browser: Chromium, tab: Tab, scheme: str, picture: Path) -> None:
    """The popup about the scanned page, as wide and as high as it wants to be."""
    tab.activate()
    popup = _open(browser, scheme, background=True)
    popup.get(browser.extension_url("extension/popup/popup.html"))
    popup.wait_until("document.querySelectorAll('#findings button').length > 0", "the list of findings")
    popup.wait_until("document.querySelector('#server').dataset.state === 'ready'", "the state of the server")
    width = popup.evaluate("Math.ceil(document.body.getBoundingClientRect().width)")
    popup.set_viewport(width, 200, PIXEL_RATIO)
    popup.set_viewport(width, popup.evaluate("document.documentElement.scrollHeight"), PIXEL_RATIO)
    popup.screenshot(picture)
    print(picture.relative_to(ROOT))
    popup.close()


if __name__ == "__main__":
    main()
