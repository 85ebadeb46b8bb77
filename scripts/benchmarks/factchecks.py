"""Imported fact-checks: an update of as many as Data Commons has, and searching them as their number grows."""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks.fresh_process import figures_of
from benchmarks.generated_feed import write_feed
from benchmarks.percentiles import summary
from benchmarks.process_usage import memory_megabytes, processor_seconds
from benchmarks.server_process import ROOT
from benchmarks.vector_engines import ENGINES, PACKAGES, missing, simulate
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks

HELP = "an update from an invented feed, and searching among its fact-checks, also with vector engines (Linux)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--entries", type=int, default=93_000, help="of the feed (default: %(default)s)")
    parser.add_argument(
        "--encoded", type=int, default=2_000, help="how many to encode, the others' vectors are invented (%(default)s)"
    )
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[], help="search among so many, too: the feed's, again and again"
    )
    parser.add_argument("--folder", type=Path, help="where there is room for 3 kB an entry (default: the system's)")


def run(arguments: argparse.Namespace) -> None:
    """Update from a feed by the command, then search among what it brought in fresh processes, on one thread."""
    absent = missing()
    if absent:
        packages = " ".join(PACKAGES[name] for name in absent)
        print(f"not measured, as not installed: {', '.join(absent)} (pip install {packages})")
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        home = Path(name) / "home"
        _update(Path(name), home, arguments)
        for size in sorted({arguments.entries, *arguments.sizes}):
            for engine in ENGINES:
                if engine not in absent:
                    print(f"{size:>9,} {engine:<7} {_search_figures(home, size, engine)}", flush=True)


def _update(folder: Path, home: Path, arguments: argparse.Namespace) -> None:
    feed = folder / "feed.json"
    print(f"a feed of {arguments.entries:,} entries, {write_feed(feed, arguments.entries) / 1e6:.0f} MB", flush=True)
    command = [sys.executable, "-m", "fake_news", "factchecks", "update", "--from", str(feed), "--yes"]
    began = time.monotonic()
    with subprocess.Popen(
        [*command, "--data-folder", str(home)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = next((line for line in process.stdout if " added" in line), "")
        seconds, processor = time.monotonic() - began, processor_seconds(process.pid)
        peak = memory_megabytes(process.pid)
        print(f"{said.rpartition(': ')[2].strip()} {seconds:.0f} s, {processor:.0f} s of processor, peak {peak:.0f} MB")
        _watch_encoding(process, home, arguments.encoded)
        process.terminate()
    feed.unlink()
    shipped = _shipped_fact_checks()
    ImportedDatabase(home).encode(lambda texts: simulate(len(texts), shipped.vectors), shipped.encoder.identity)
    size = sum(path.stat().st_size for path in home.iterdir() if path.is_file())
    print(f"on the disk: {size / 1e6:.0f} MB with vectors", flush=True)


def _watch_encoding(process: subprocess.Popen[str], home: Path, wanted: int) -> None:
    """Watch the command encode until so many are done; what a thousand cost."""
    with closing(sqlite3.connect(home / "fact_checks.sqlite3", timeout=30)) as database:

        def count() -> int:
            found: int = database.execute("SELECT count(*) FROM fact_checks WHERE vector IS NOT NULL").fetchone()[0]
            return found

        while process.poll() is None and not count():
            time.sleep(0.2)
        first, began, used, peak = count(), time.monotonic(), processor_seconds(process.pid), 0.0
        while process.poll() is None and (done := count()) < first + wanted:
            time.sleep(0.2)
            seconds, processor = time.monotonic() - began, processor_seconds(process.pid) - used
            peak = max(peak, memory_megabytes(process.pid))  # one that has ended holds nothing
    thousands = (done - first) / 1000
    print(
        f"encoding: {seconds / thousands:.1f} s a thousand, {processor / thousands:.1f} s of processor; "
        f"the command's peak memory {peak:.0f} MB"
    )


def _search_figures(home: Path, size: int, engine: str) -> str:
    found = figures_of("large_library", str(home), str(size), engine)
    return (
        f"processor: nearest {summary(found['nearest'])}; a statement {summary(found['statement'])}; loaded in "
        f"{found['loaded']:.1f} s + {found['built']:.1f} s; {found['memory']:.0f} MB more, at most "
        f"{found['peak']:.0f} MB; {found['recall']:.1%} of the nearest found"
    )


def _shipped_fact_checks() -> ShippedFactChecks:
    shipped = ShippedFactChecks.read(read_checkpoint(current_checkpoint()))
    assert shipped is not None
    return shipped
