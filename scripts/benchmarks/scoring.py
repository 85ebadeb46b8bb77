"""Scoring a folder of files with the shipped checkpoint, in processes of this machine and on a Dask cluster of two."""

from __future__ import annotations

import argparse
import csv
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from benchmarks import process
from benchmarks.serving import ROOT
from benchmarks.statements import endless_sentences

HELP = "a folder of rows scored by two processes and by a Dask cluster of two, one of whose workers is killed"
LOOK_SECONDS = 0.5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many (default: %(default)s)")
    parser.add_argument("--files", type=int, default=100, help="in how many files (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="where there is room for a kilobyte a row (default: the system's)")


def run(arguments: argparse.Namespace) -> None:
    """Write the rows, score them both ways, and look that each is there once; else end with an error."""
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        rows = _write(folder / "in", arguments.rows, arguments.files)
        print(f"{rows:,} rows in {arguments.files} files")
        _score(folder, "two processes", ["--jobs", "2"], rows)
        with _cluster() as (backend, workers):
            _score(folder, "a cluster of two", ["--backend", backend], rows, workers)
            _score(folder, "the same, a worker killed", ["--backend", backend], rows, workers[:1], kill=True)


def _write(folder: Path, rows: int, files: int) -> int:
    folder.mkdir()
    sentences = endless_sentences()
    for number in range(files):
        with (folder / f"part-{number:05}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(["id", "text"])
            first = number * rows // files
            last = (number + 1) * rows // files
            table.writerows(zip(range(first, last), islice(sentences, last - first), strict=True))
    return rows


@contextmanager
def _cluster() -> Iterator[tuple[str, list[int]]]:
    command = [sys.executable, "-m", "tests.fake_news.dask_cluster"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert started.stdin is not None
        said = json.loads(started.stdout.readline())
        try:
            yield said["backend"], said["workers"]
        finally:
            started.stdin.close()


def _score(
    folder: Path, name: str, where: list[str], rows: int, workers: list[int] | None = None, *, kill: bool = False
) -> None:
    output = folder / "out"
    command = [sys.executable, "-m", "fake_news", "score", str(folder / "in"), str(output), "--overwrite", *where]
    began = time.monotonic()
    with subprocess.Popen([*command, "--runs", str(folder)], cwd=ROOT, stdout=subprocess.DEVNULL) as running:
        memory: dict[int, list[float]] = {pid: [] for pid in (running.pid, *(workers or ()))}
        ended = threading.Event()
        watching = threading.Thread(target=_watch, args=(memory, ended))
        watching.start()
        notes = folder / "out.partial" / "notes"
        while kill and running.poll() is None and not list(notes.glob("*.json")):
            time.sleep(LOOK_SECONDS)
        if kill and workers:
            os.kill(workers[0], signal.SIGKILL)
        status = running.wait()
        ended.set()
        watching.join()
    seconds = time.monotonic() - began
    found = [row["id"] for path in sorted(output.glob("*.csv")) for row in _rows(path)]
    if status or found != [str(number) for number in range(rows)]:
        raise SystemExit(f"{name}: ended with {status}, {len(found):,} rows, {len(set(found)):,} of them different")
    print(f"{name}: {seconds:,.0f} s, {rows / seconds:,.0f} rows a second, every row there once")
    for pid, megabytes in memory.items():
        who = "whoever started it" if pid == running.pid else "a worker"
        if megabytes:
            print(
                f"  {who}, MB by tenths of the time:",
                *(f"{megabytes[len(megabytes) * n // 10]:.0f}" for n in range(10)),
            )


def _watch(memory: dict[int, list[float]], ended: threading.Event) -> None:
    while process.CAN_MEASURE and not ended.wait(LOOK_SECONDS):
        for pid, megabytes in memory.items():
            try:
                megabytes.append(process.memory_megabytes(pid, "VmRSS"))
            except (OSError, ValueError, StopIteration):
                continue  # it has ended


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
