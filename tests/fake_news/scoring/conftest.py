"""Rows to score, scoring them in this process, and what the detector says of them."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_news.common.parallel import Workers
from fake_news.detection.answer import statements
from fake_news.detection.detector import Detector
from fake_news.scoring.chunk import Judge, verdict_columns
from fake_news.scoring.partial_output import PartialOutput
from fake_news.scoring.score_file import run_description, score
from fake_news.scoring.source import open_source
from tests.fake_news.conftest import ROOT, Run, TrainedDetector

Command = Callable[..., Run]
TEXTS = [
    "The museum sold the salt mine in a secret plot.",
    "Spending on the harbour rose by 4 percent.\nThank you all for coming!",
    "",
    "Der Bürgermeister hat die Brücke gestern wieder geöffnet.",
    "…",
    "A viral video shows that the bakery hid the poison, “they” say.",
]
ROWS = 60


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """A file of rows, every text with a number of its own."""
    return write_rows(tmp_path / "rows.csv", ROWS)


def write_rows(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text"])
        writer.writerows([number, text_of(number)] for number in range(count))
    return path


def text_of(number: int) -> str:
    text = TEXTS[number % len(TEXTS)]
    return f"{text} That was number {number}." if text else ""


@pytest.fixture
def judge(trained: TrainedDetector, tmp_path: Path) -> Judge:
    return Judge.at(trained.path, tmp_path / "home", all_statements=True)


def score_rows(judge: Judge, rows: Path, output: Path, *, overwrite: bool = False, workers: Any = None) -> Any:
    source = open_source(rows, None, "utf-8")
    with PartialOutput(output, run_description(source, judge, 10), overwrite) as partial:
        return score(source, output, judge, workers or Workers(1), partial, 10, lambda done: None)


def read_rows(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def expected(detector: Detector, count: int) -> list[dict[str, Any]]:
    """What the rows must be, as JSON Lines of a CSV file."""
    texts = [text_of(number) for number in range(count)]
    said = iter(statements(detector, [text for text in texts if text]))
    return [
        {"id": str(number), "text": text, **verdict_columns(next(said) if text else None, all_statements=True)}
        for number, text in enumerate(texts)
    ]


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds, for four minutes at the most."""
    deadline = time.monotonic() + 240
    while not condition():
        assert time.monotonic() < deadline, "the condition never held"
        time.sleep(0.005)


def score_while_a_worker_dies(
    arguments: list[str], worker: int, done: Callable[[], int], after: int
) -> tuple[int, str]:
    """Run a command on a cluster, and kill one of its workers once more than so many parts are done.

    Returns
    -------
    How many parts were done at the kill, and what the command printed.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "fake_news", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:
        wait_for(lambda: process.poll() is not None or done() > after)
        os.kill(worker, getattr(signal, "SIGKILL", signal.SIGTERM))
        at_the_kill = done()
        out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    return at_the_kill, out
