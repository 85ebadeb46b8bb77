"""What the extension costs a page where it does nothing: auto-scan off, nothing selected."""

from __future__ import annotations

import argparse

from benchmarks.percentiles import percentile
from benchmarks.server_process import ROOT
from tests.extension.browsers import Chromium, Tab
from tests.extension.browsers.trace import tracing
from tests.extension.page_server import PAGES, serving_pages

HELP = "cost of the extension to a page with auto-scan off, in Chromium"
PAGE = "article.html"
AFTERWARDS = "new Promise((resolve) => setTimeout(resolve, 1500))"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--loads", type=int, default=20, help="how often the page is loaded (default: %(default)s)")


def run(arguments: argparse.Namespace) -> None:
    """Load the page again and again, with the extension and without, and print processor time and memory."""
    with Chromium(ROOT) as browser, serving_pages(PAGES) as pages:
        tab = browser.open_tab()
        tab.get(pages.url(PAGE))
        times = []
        for _ in range(arguments.loads):
            with tracing(tab) as trace:
                tab.reload()
                tab.evaluate(AFTERWARDS)
            times.append(trace.script_processor_times(browser.extension_origin))
        with_it = [_heap_after_reload(browser, tab) for _ in range(arguments.loads)]
        browser.set_enabled(False)
        without_it = [_heap_after_reload(browser, tab) for _ in range(arguments.loads)]
        print(f"chromium {browser.version}")
        for moment in times[0]:
            costs = [one[moment] for one in times]
            p50, p95 = percentile(costs, 0.5), percentile(costs, 0.95)
            print(f"scripts {moment}: p50 {p50:.2f} ms, p95 {p95:.2f} ms of processor")
        print(
            f"memory of the page: {(percentile(with_it, 0.5) - percentile(without_it, 0.5)) / 1000:.0f} kB more (p50)"
        )


def _heap_after_reload(browser: Chromium, tab: Tab) -> int:
    """Measure the bytes that the page's JavaScript holds after garbage collection."""
    tab.connection.command("browsingContext.reload", context=tab.context, wait="complete")
    browser.devtools(tab, "HeapProfiler.collectGarbage")
    used: int = browser.devtools(tab, "Runtime.getHeapUsage")["usedSize"]
    return used
