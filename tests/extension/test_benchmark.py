"""The benchmark still measures: what it prints is for people, that it prints figures is for this test."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.extension.browsers import BROWSERS

FIGURE = r"(\d+)(?: of them)? (kB|nodes|listeners|ranges|dead|changes|texts)"
FIGURES = re.compile(r"p50 \d+\.\d+ ms, p95 \d+\.\d+ ms, p99 \d+\.\d+ ms \(n = (\d+)\)")


def benchmark(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/benchmark.py", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", timeout=120)


@pytest.mark.browser
def test_selection_scan_and_idle(root: Path) -> None:
    measured = 0
    for name in BROWSERS:
        finished = benchmark(root, "selection", "--browser", name, "--runs", "2")
        if "not found:" not in finished.stderr:
            assert finished.returncode == 0, finished.stderr
            assert FIGURES.findall(finished.stdout) == ["2"]
            measured += 1
    if measured == 0:
        pytest.skip("neither browser was found")
    for name, option, figure in (("scan", "--sentences=40", r"main thread \d+ ms"), ("idle", "--loads=1", r"\d+ kB")):
        finished = benchmark(root, name, option, *(["--scans=1"] if name == "scan" else []))
        if "not found:" in finished.stderr:
            pytest.skip(finished.stderr.strip())
        assert finished.returncode == 0, finished.stderr
        assert re.search(figure, finished.stdout)


@pytest.mark.slow
def test_engine(root: Path) -> None:
    finished = benchmark(root, "engine", "--runs", "1")
    assert finished.returncode == 0, finished.stderr
    assert FIGURES.findall(finished.stdout) == ["1", "200", "1"]


@pytest.mark.browser
def test_memory_stays_constant_in_a_page_that_keeps_changing(root: Path) -> None:
    """The short form of ten minutes: nothing is left of what the page threw away."""
    finished = benchmark(root, "memory", "--minutes=0.15", "--every=1", "--change-ms=20")
    if "not found:" in finished.stderr:
        pytest.skip(finished.stderr.strip())
    assert finished.returncode == 0, finished.stderr
    lines = [line for line in finished.stdout.splitlines() if "changes" in line]
    samples = [{name: int(number) for number, name in re.findall(FIGURE, line)} for line in lines]
    warm = samples[len(samples) // 2 :]
    assert warm[-1]["changes"] - warm[0]["changes"] > 50, "the page has hardly changed"
    assert warm[-1]["texts"] > warm[0]["texts"], "the scan does not follow the page"
    assert max(sample["dead"] for sample in warm) <= 2, "highlights of what is gone"
    assert max(sample["ranges"] for sample in warm) < 80
    assert max(sample["nodes"] for sample in warm) < 400
    assert max(sample["listeners"] for sample in warm) < 40
    assert warm[-1]["kB"] - warm[0]["kB"] < 400
