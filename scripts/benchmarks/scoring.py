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
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from benchmarks import process_usage
from benchmarks.machine import load
from benchmarks.server_process import ROOT
from benchmarks.statements import endless_sentences

HELP = "a folder of rows scored by two processes and by a Dask cluster of two, one of whose workers is killed"
LOOK_SECONDS = 0.5
MILLION = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--rows", type=int, default=MILLION, help="how many (default: %(default)s)")
    parser.add_argument("--files", type=int, default=100, help="in how many files (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="where there is room for a kilobyte a row (default: the system's)")


def run(arguments: argparse.Namespace) -> None:
    """Write the rows, score them all three ways, and look that each is there once; else end with an error."""
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        rows = _write(folder / "in", arguments.rows, arguments.files)
        print(f"{rows:,} rows in {arguments.files} files")
        _score(folder, "two processes", ["--jobs", "2"], rows)
        with _cluster() as cluster:
            where = ["--backend", cluster.backend]
            _score(folder, "a cluster of two", where, rows, cluster)
            _score(folder, "the same, a worker killed", where, rows, cluster, kill_after=arguments.files // 3)


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


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster: its scheduler's address, the process that keeps it, and that of each worker."""

    backend: str
    pid: int
    workers: list[int]


@contextmanager
def _cluster() -> Iterator[Cluster]:
    command = [sys.executable, "-m", "tests.fake_news.dask_cluster"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None
        assert started.stdin is not None
        said = json.loads(started.stdout.readline())
        try:
            yield Cluster(said["backend"], started.pid, said["workers"])
        finally:
            started.stdin.close()


@dataclass
class Use:
    """What a process and its children use, looked at again and again."""

    pid: int
    megabytes: list[float] = field(default_factory=list)
    seconds: dict[int, float] = field(default_factory=dict)
    before: float = 0.0

    def look(self) -> None:
        """Note what they hold now, and the processor time of each; one that was killed keeps its last."""
        try:
            self.megabytes.append(process_usage.memory_megabytes(self.pid, "VmRSS"))
            for member in process_usage.family(self.pid):
                self.seconds[member] = process_usage.own_processor_seconds(member)
        except (OSError, ValueError, StopIteration):
            return  # one of them has ended

    @property
    def tenths(self) -> str:
        """Megabytes by tenths of the time."""
        count = len(self.megabytes)
        return " ".join(f"{self.megabytes[count * n // 10]:.0f}" for n in range(10)) if count else "not looked at"

    @property
    def processor_seconds(self) -> float:
        """Since it was begun."""
        return sum(self.seconds.values()) - self.before


def _score(
    folder: Path, name: str, where: list[str], rows: int, cluster: Cluster | None = None, *, kill_after: int = 0
) -> None:
    """Score the folder; where ``kill_after`` files are finished, kill a worker of the cluster."""
    output = folder / "out"
    command = [sys.executable, "-m", "fake_news", "score", str(folder / "in"), str(output), "--overwrite", *where]
    workers = Use(cluster.pid) if cluster else None
    if workers:
        workers.look()
        workers.before = workers.processor_seconds
        workers.megabytes.clear()
    began = time.monotonic()
    with subprocess.Popen([*command, "--runs", str(folder)], cwd=ROOT, stdout=subprocess.DEVNULL) as running:
        client = Use(running.pid)
        ended = threading.Event()
        watching = threading.Thread(target=_watch, args=([client, *([workers] if workers else [])], ended))
        watching.start()
        notes = folder / "out.partial" / "notes"
        while kill_after and running.poll() is None and len(list(notes.glob("*.json"))) < kill_after:
            time.sleep(LOOK_SECONDS)
        if kill_after and cluster:
            os.kill(cluster.workers[0], signal.SIGKILL)
        status = running.wait()
        ended.set()
        watching.join()
    seconds = time.monotonic() - began
    found = [row["id"] for path in sorted(output.glob("*.csv")) for row in _rows(path)]
    if status or found != [str(number) for number in range(rows)]:
        raise SystemExit(f"{name}: ended with {status}, {len(found):,} rows, {len(set(found)):,} of them different")
    print(f"{name}: {seconds:,.0f} s, {rows / seconds:,.0f} rows a second, every row there once and in order{load()}")
    if process_usage.CAN_MEASURE:
        spent = client.processor_seconds + (workers.processor_seconds if workers else 0.0)
        print(
            f"  {1000 * spent / rows:.1f} ms of processor a row: a million would take {_hours(spent, rows)} of one "
            f"core, and {_hours(seconds, rows)} at this pace"
        )
        print(f"  whoever started it{'' if workers else ', with both processes'}, MB by tenths of the time: ", end="")
        print(client.tenths)
    if workers:
        print(f"  scheduler and both workers, MB by tenths of the time: {workers.tenths}", flush=True)


def _hours(seconds: float, rows: int) -> str:
    return f"{seconds / rows * MILLION / 3600:.1f} h"


def _watch(uses: list[Use], ended: threading.Event) -> None:
    while process_usage.CAN_MEASURE and not ended.wait(LOOK_SECONDS):
        for use in uses:
            use.look()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
