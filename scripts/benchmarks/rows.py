"""Validating and splitting a set of any size: time and memory, on generated rows in the format of Constraint 2021's."""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.server_process import ROOT

HELP = "a set of as many invented rows as are asked for, validated and split: rows a second, peak memory (Unix)"
_SET, _FILE = "covid_fake_news", "Constraint_Train.csv"
_WHO = "the mayor|a harbour guard|our baker|the night train|a retired pilot|the doctor|a lighthouse keeper".split("|")
_DOES = "closed|painted|sold|counted|moved|repaired|rented out|opened|measured|lost".split("|")
_WHAT = "wooden bridges|street lamps|tram tickets|bakeries|windmills|fishing boats|church bells|postboxes".split("|")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--rows", type=int, default=500_000, help="how many (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="where there is room for 300 bytes a row (default: the system's)")


def run(arguments: argparse.Namespace) -> None:
    """Write the rows, then run each command in a process of its own, and print what it took."""
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        size = _write(folder / "raw" / _SET / _FILE, arguments.rows)
        print(f"{arguments.rows:,} rows, {size / 1e6:,.0f} MB")
        for what, command in {
            "validate": ["data", "validate", _SET, "--own-data", "--data-dir", str(folder / "raw")],
            "split": ["data", "split", _SET, "--data-dir", str(folder / "raw"), "--output", str(folder / "parts")],
        }.items():
            wall, processor, memory = _measure([*command, *(["--runs", str(folder)] if what == "split" else [])])
            print(
                f"{what}: {wall:,.0f} s, {processor:,.0f} s of processor, {arguments.rows / processor:,.0f} rows a "
                f"second of it, peak memory {memory:,.0f} MB",
                flush=True,
            )


def _write(path: Path, rows: int) -> int:
    path.parent.mkdir(parents=True)
    chance = random.Random(0)
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(["id", "tweet", "label"])
        for number in range(rows):
            who, does, what = chance.choice(_WHO), chance.choice(_DOES), chance.choice(_WHAT)
            text = f"In town {number}, {who} {does} {number % 97} {what}, it was said."
            table.writerow([number, text, ("real", "fake")[number % 2]])
    return path.stat().st_size


def _measure(command: list[str]) -> tuple[float, float, float]:
    """Seconds, seconds of processor, and the greatest resident set in MB of a command of the engine."""
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "fake_news", *command], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"`{' '.join(command)}` ended with {process.returncode}.")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere
    return time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6
