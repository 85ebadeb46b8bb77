"""Honest requests are answered while hostile ones come in: the short form of `scripts/benchmark.py load`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def benchmark(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/benchmark.py", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", timeout=300)


def test_honest_requests_are_answered_among_hostile_ones(root: Path) -> None:
    finished = benchmark(root, "load", "--seconds", "4", "--rate", "60")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    assert "Every one of 240 answers was right." in finished.stdout
    honest, hostile = finished.stdout.split("\nhonest\n")[1].split("\nhostile\n")
    assert min(len(re.findall(r"\(n = [1-9]\d*\)", kinds)) for kinds in (honest, hostile)) >= 7


def test_the_server_benchmark_measures(root: Path) -> None:
    few = ("--starts", "1", "--statements", "3", "--pages", "2", "--seconds", "0.5")
    finished = benchmark(root, "server", "--without-comparator", *few)
    assert finished.returncode == 0, finished.stderr
    counts = re.findall(r"\(n = (\d+)\), (\d+) statements/s", finished.stdout)
    assert [int(count) for count, _ in counts[:3]] == [3, 2, 2]
    assert all(int(rate) > 0 for _, rate in counts)
    assert len(counts) == 5


def test_the_stages_of_an_answer_are_measured(root: Path) -> None:
    finished = benchmark(root, "stages", "--statements", "16", "--pages", "1")
    assert finished.returncode == 0, finished.stderr
    totals = [float(total) for total in re.findall(r"; all ([0-9.]+)", finished.stdout)]
    assert len(totals) == 3
    assert min(totals) > 0
    assert re.findall(r"^  (\d+): engine", finished.stdout, re.MULTILINE) == ["1", "4", "16", "64"]
