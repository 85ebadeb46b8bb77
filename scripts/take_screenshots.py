"""Take the pictures of the README and of the stores from the real product: python3 scripts/take_screenshots.py

The real server judges a page of our own (scripts/screenshots/) in a real Chromium. The pictures go to assets/; those
for the stores, in the size that both ask for, to assets/store/.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

# The browsers that the tests drive are a package of the repository root.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from environment import continue_inside

continue_inside()

from benchmarks.server_process import ROOT, running_server  # noqa: E402

from tests.extension.browsers import BrowserMissingError, Chromium, Tab  # noqa: E402
from tests.extension.forced_colours import LINES, force_colours  # noqa: E402
from tests.extension.page_server import PageServer, serving_pages  # noqa: E402

ASSETS = ROOT / "assets"
STORE = ASSETS / "store"
STORE_SIZE = (1280, 800)
STORE_SCROLL = 190  # pixels: room for the card
PAGE = "newspaper.html"
SITE = "herald.example"
PORT = 8642  # what a reader's own popup will say
PAGE_SIZE = (1000, 980)
PIXEL_RATIO = 2.0  # readers of the README have fine screens
MIDDLE_OF_PAINTED_LINE = """((id) => [...CSS.highlights.values()].flatMap((ranges) => [...ranges])
  .filter((range) => document.getElementById(id).contains(range.startContainer))
  .map((range) => range.getClientRects()[0])
  .map((line) => [line.left + line.width / 2, line.top + line.height / 2])[0] ?? null)"""
CLAIM, DENIAL = "claim", "denial"
UNDECIDED = "The county spent 4.2 million dollars on the bridge, 60 percent of it paid by the state."
SCROLL_CARD = (
    """void (document.querySelector('plumbline-card').shadowRoot.querySelector('[part=body]').scrollTop = 1e4)"""
)
AROUND_CARD = """((id) => {
  const said = document.getElementById(id).getBoundingClientRect();
  const card = document.querySelector('plumbline-card').shadowRoot.querySelector('[part=card]').getBoundingClientRect();
  const top = Math.min(said.top, card.top) - 14;
  return {x: said.left - 14, y: top, width: said.width + 28, height: Math.max(said.bottom, card.bottom) + 14 - top};
})"""
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
        _take_cards(browser, pages)
        _take_store(browser, pages)


def _take_cards(browser: Chromium, pages: PageServer) -> None:
    """Take the cards of a denial and of a claim without a ruling, and a page in a reader's own colours."""
    tab = _open(browser, "light")
    tab.set_viewport(*PAGE_SIZE, PIXEL_RATIO)
    tab.get(pages.url(PAGE, SITE))
    tab.click_at(*tab.wait_until(f"{MIDDLE_OF_PAINTED_LINE}({DENIAL!r})", "the denial is painted"))
    tab.wait_until(CARD_IS_OPEN, "the card of the denial")
    _take(tab, ASSETS / "card-denial.png", tab.evaluate(f"{AROUND_CARD}({DENIAL!r})"))
    tab.press("Escape")
    tab.select_with_mouse(UNDECIDED, "#undecided")
    tab.wait_until(CARD_IS_OPEN, "the card without a verdict")
    tab.evaluate(SCROLL_CARD)  # to what the reader can do
    _take(tab, ASSETS / "card-unsure.png", tab.evaluate(f"{AROUND_CARD}('undecided')"))
    tab.close()
    tab = _open(browser, "light")
    _take_page(tab, pages, ASSETS / "page-forced-colours.png", change=lambda: _force_colours(browser, tab))
    tab.close()


def _take_store(browser: Chromium, pages: PageServer) -> None:
    """Take what the stores show: a page in both schemes, as colour-blind readers see it, and the extension's pages."""
    STORE.mkdir(exist_ok=True)
    for name, scheme, deficiency in (
        ("1-page", "light", "none"),
        ("2-page-dark", "dark", "none"),
        ("5-page-deuteranopia", "light", "deuteranopia"),
    ):
        tab = _open(browser, scheme)
        browser.devtools(tab, "Emulation.setEmulatedVisionDeficiency", type=deficiency)
        _take_page(tab, pages, STORE / f"{name}.png", STORE_SIZE, 1.0, scrolled=STORE_SCROLL)
        tab.close()
    for name, path, is_complete in (
        ("3-welcome", "extension/welcome/welcome.html", "document.querySelector('#server').dataset.state === 'ready'"),
        ("4-options", "extension/options/options.html", "document.querySelector('#shortcuts').children.length > 0"),
    ):
        tab = _open(browser, "light")
        tab.set_viewport(*STORE_SIZE, 1.0)
        tab.get(browser.extension_url(path))
        tab.wait_until(is_complete, "the page is complete")
        _take(tab, STORE / f"{name}.png")
        tab.close()


def _take(tab: Tab, picture: Path, box: dict[str, float] | None = None) -> None:
    tab.screenshot(picture, box)
    print(picture.relative_to(ROOT))


def _open(browser: Chromium, scheme: str, background: bool = False) -> Tab:
    tab = browser.open_tab(background)
    browser.set_scheme(tab, scheme)
    return tab


def _take_page(
    tab: Tab,
    pages: PageServer,
    picture: Path,
    size: tuple[int, int] = PAGE_SIZE,
    ratio: float = PIXEL_RATIO,
    scrolled: int = 0,
    change: Callable[[], None] = lambda: None,
) -> None:
    """Take the page after a scan, changed in some way, with the card of the statement that was clicked."""
    tab.set_viewport(*size, ratio)
    tab.get(pages.url(PAGE, SITE))
    tab.evaluate(f"scrollTo(0, {scrolled})")
    place = tab.wait_until(f"{MIDDLE_OF_PAINTED_LINE}({CLAIM!r})", "the claim is painted")
    change()
    tab.click_at(*place)
    tab.wait_until(CARD_IS_OPEN, "the card with its verdict")
    _take(tab, picture)
    tab.press("Escape")


def _force_colours(browser: Chromium, tab: Tab) -> None:
    """Have the marks drawn in a reader's own colours, where the browser paints none."""
    force_colours(browser, tab)
    tab.wait_until(f"document.querySelector({LINES!r}) !== null", "the lines are drawn")


def _take_popup(browser: Chromium, tab: Tab, scheme: str, picture: Path) -> None:
    """Take the popup about the scanned page, in its natural size."""
    tab.activate()
    popup = _open(browser, scheme, background=True)
    popup.get(browser.extension_url("extension/popup/popup.html"))
    popup.wait_until("document.querySelectorAll('#findings button').length > 0", "the list of findings")
    popup.wait_until("document.querySelector('#server').dataset.state === 'ready'", "the state of the server")
    width = popup.evaluate("Math.ceil(document.body.getBoundingClientRect().width)")
    popup.set_viewport(width, 200, PIXEL_RATIO)
    popup.set_viewport(width, popup.evaluate("document.documentElement.scrollHeight"), PIXEL_RATIO)
    _take(popup, picture)
    popup.close()


if __name__ == "__main__":
    main()
