"""An auto-scan of a page that keeps changing: the memory of the page's process after each minute, in Chromium."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.server_process import ROOT
from tests.extension.browsers import Chromium, Tab
from tests.extension.page_server import serving_pages
from tests.extension.scripted_server import scripted, statement

HELP = "memory of a page that changes all the time under an auto-scan, in Chromium"
PAGE = "mutating_page.html"
SITE = "127.0.0.1"
WARM_UP = 0.2  # the share of the samples that are not compared: caches and compiled code come in the beginning
RANGES = "[...CSS.highlights.values()].flatMap((one) => [...one])"


@dataclass(frozen=True)
class Sample:
    """What there is at one moment, after garbage collection; ``dead`` ranges lead to text that the page threw away."""

    minutes: float
    heap_kb: float
    nodes: int
    listeners: int
    ranges: int
    dead: int
    changes: int
    texts: int

    def __str__(self) -> str:
        return (
            f"{self.minutes:5.1f} min: heap {self.heap_kb:.0f} kB, {self.nodes} nodes, {self.listeners} listeners, "
            f"{self.ranges} ranges, {self.dead} of them dead; {self.changes} changes, {self.texts} texts judged"
        )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--minutes", type=float, default=60, help="how long (default: %(default)s)")
    parser.add_argument("--every", type=float, default=60, help="seconds between two looks (default: %(default)s)")
    parser.add_argument("--change-ms", type=int, default=250, help="pause between two changes (default: %(default)s)")


def run(arguments: argparse.Namespace) -> None:
    """Print each sample, then how much grew from the warm beginning to the end."""
    samples = []
    for sample in watch(arguments.minutes * 60, arguments.every, arguments.change_ms):
        samples.append(sample)
        print(sample, flush=True)
    print(growth(samples))


def growth(samples: list[Sample]) -> str:
    """Compare the mean of the last third with that of the first third after the warm-up, in words."""
    warm = samples[int(WARM_UP * len(samples)) :]
    third = max(1, len(warm) // 3)

    def mean(part: list[Sample], name: str) -> float:
        return sum(getattr(sample, name) for sample in part) / len(part)

    parts = [
        f"{name.removesuffix('_kb')} {mean(warm[-third:], name) - mean(warm[:third], name):+.0f}"
        for name in ("heap_kb", "nodes", "listeners", "ranges", "dead")
    ]
    return f"growth, last third against first third after the warm-up: {', '.join(parts)} (heap in kB)"


def watch(seconds: float, every: float, change_ms: int) -> Iterator[Sample]:
    """Samples of a scanned page that changes all the time."""

    def judge(text: str) -> list[dict[str, Any]]:
        return [statement(text, "likely-false")]

    with Chromium(ROOT) as browser, scripted(judge) as server, serving_pages(Path(__file__).parent) as pages:
        browser.write_storage("settings", {"serverAddress": server.address, "autoScanSites": [SITE]})
        tab = browser.open_tab()
        tab.set_viewport(1000, 700)
        tab.get(pages.url(PAGE))
        tab.evaluate(f"keepChanging({change_ms})")
        started = time.monotonic()
        while (passed := time.monotonic() - started) < seconds:
            time.sleep(min(every, seconds - passed))
            yield _sample(browser, tab, (time.monotonic() - started) / 60, len(server.texts))


def _sample(browser: Chromium, tab: Tab, minutes: float, texts: int) -> Sample:
    browser.devtools(tab, "HeapProfiler.collectGarbage")
    heap = browser.devtools(tab, "Runtime.getHeapUsage")["usedSize"] / 1000
    dom = browser.devtools(tab, "Memory.getDOMCounters")
    ranges, dead, changes = tab.evaluate(
        f"((all) => [all.length, all.filter((one) => !one.startContainer.isConnected).length, round])({RANGES})"
    )
    return Sample(minutes, heap, dom["nodes"], dom["jsEventListeners"], ranges, dead, changes, texts)
