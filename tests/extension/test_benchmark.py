"""The benchmark still measures: what it prints is for people, that it prints figures is for this test."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.extension.browsers import BROWSERS

FIGURES = re.compile(r"p50 \d+\.\d+ ms, p95 \d+\.\d+ ms, p99 \d+\.\d+ ms \(n = (\d+)\)")


def benchmark(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/benchmark.py", *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", timeout=120)


@pytest.mark.browser
@pytest.mark.parametrize("name", BROWSERS)
def test_selection(root: Path, name: str) -> None:
    finished = benchmark(root, "selection", "--browser", name, "--runs", "2")
    if "not found:" in finished.stderr:
        pytest.skip(finished.stderr.strip())
    assert finished.returncode == 0, finished.stderr
    assert FIGURES.findall(finished.stdout) == ["2"]


@pytest.mark.browser
def test_scan_and_idle(root: Path) -> None:
    for name, option, figure in (("scan", "--sentences=40", r"main thread \d+ ms"), ("idle", "--loads=1", r"\d+ kB")):
        finished = benchmark(root, name, option, *(["--scans=1"] if name == "scan" else []))
        if "not found:" in finished.stderr:
            pytest.skip(finished.stderr.strip())
        assert finished.returncode == 0, finished.stderr
        assert re.search(figure, finished.stdout)


def test_engine(root: Path) -> None:
    finished = benchmark(root, "engine", "--runs", "1")
    assert finished.returncode == 0, finished.stderr
    assert FIGURES.findall(finished.stdout) == ["1", "200", "1"]
