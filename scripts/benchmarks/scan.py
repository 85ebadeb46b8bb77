"""Auto-scan of a page of thousands of sentences: the work of its main thread, and when the first screen is painted."""

from __future__ import annotations

import argparse
import html
import tempfile
import time
from pathlib import Path

from benchmarks.server_process import ROOT, running_server
from benchmarks.statements import doubtful_statements, page_of_sentences
from tests.extension.browsers import Browser, Chromium, Tab
from tests.extension.browsers.trace import tracing
from tests.extension.page_server import serving_pages
from tests.extension.scanning import wait_until_scanned

HELP = "auto-scan of a long page in Chromium: main thread and first screen"
SCAN_SECONDS = 300.0
LOOK_EVERY_SECONDS = 1.0  # a look keeps the page busy for a moment
SITE = "127.0.0.1"

# Notes at each frame how many statements of the first screen are painted. The page's own clock; `started` is set by
# the page when it learns that the switch is about to be turned.
START_WATCH = """() => {
  const visible = new Set([...document.querySelectorAll('p')]
    .filter((one) => one.getBoundingClientRect().top < innerHeight).map((one) => one.firstChild));
  const started = performance.now();
  window.firstScreen = [];
  const look = () => {
    const count = [...CSS.highlights].filter(([name]) => name.startsWith('plumbline-'))
      .reduce((sum, [, ranges]) => sum + [...ranges].filter((one) => visible.has(one.startContainer)).length, 0);
    if (count !== (window.firstScreen.at(-1)?.count ?? 0)) {
      window.firstScreen.push({count, after: performance.now() - started});
    }
    window.watching = requestAnimationFrame(look);
  };
  look();
}"""
STOP_WATCH = "(cancelAnimationFrame(window.watching), window.firstScreen.at(-1)?.after ?? null)"
PAINTED = """[...CSS.highlights].filter(([name]) => name.startsWith('plumbline-'))
  .reduce((sum, [, ranges]) => sum + ranges.size, 0)"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--sentences", type=int, default=4000, help="paragraphs on the page (default: %(default)s)")
    parser.add_argument("--scans", type=int, default=3, help="how many scans (default: %(default)s)")


def run(arguments: argparse.Namespace) -> None:
    """Scan the page again and again, each time with a server and a cache that know nothing, and print what it cost."""
    with tempfile.TemporaryDirectory() as folder, serving_pages(Path(folder)) as pages:
        Path(folder, "page.html").write_text(_page(arguments.sentences), encoding="utf-8")
        with Chromium(ROOT) as browser:
            print(f"chromium {browser.version}, {arguments.sentences} paragraphs of one sentence each")
            painted = doubtful_statements(arguments.sentences)[: arguments.sentences // 4]
            for _ in range(arguments.scans):
                with running_server(ruled_false=painted) as address:
                    browser.clear_storage()
                    browser.write_storage("settings", {"serverAddress": address})
                    tab = browser.open_tab()
                    tab.set_viewport(1000, 700)
                    tab.get(pages.url("page.html"))
                    _measure_main_thread(browser, tab, address)
                    browser.clear_storage()
                    browser.write_storage("settings", {"serverAddress": address})
                    tab.reload()
                    _measure_first_screen(browser, tab, address)
                    tab.close()


def _page(sentences: int) -> str:
    paragraphs = "\n".join(f"<p>{html.escape(one)}</p>" for one in page_of_sentences(sentences))
    style = "body { font: 18px/1.6 sans-serif; margin: 2rem auto; width: 800px; }"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><style>{style}</style><main>{paragraphs}</main></html>'
    )


def _switch_on(browser: Browser, address: str) -> None:
    browser.write_storage("settings", {"serverAddress": address, "autoScanSites": [SITE]})


def _measure_main_thread(browser: Chromium, tab: Tab, address: str) -> None:
    started = time.monotonic()
    with tracing(tab) as trace:
        _switch_on(browser, address)
        wait_until_scanned(browser, tab, SCAN_SECONDS, LOOK_EVERY_SECONDS)
        elapsed = time.monotonic() - started
        painted = tab.evaluate(PAINTED)
    clock, processor = trace.tasks(), trace.task_processor_times()
    print(
        f"scan: {painted} statements painted in {elapsed:.1f} s; longest task {max(clock):.1f} ms on the clock, "
        f"{max(processor):.1f} ms of processor; main thread {sum(processor):.0f} ms of processor in all"
    )


def _measure_first_screen(browser: Chromium, tab: Tab, address: str) -> None:
    tab.call(START_WATCH)
    _switch_on(browser, address)
    wait_until_scanned(browser, tab, SCAN_SECONDS, LOOK_EVERY_SECONDS)
    after = tab.evaluate(STOP_WATCH)
    print(f"first screen painted after {after:.0f} ms" if after is not None else "nothing of the first screen painted")
