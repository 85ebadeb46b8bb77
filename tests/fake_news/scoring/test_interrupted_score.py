"""Scoring that is killed or stopped is resumed: no row is lost, none is scored twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.detector import Detector
from fake_news.scoring import score_file as scoring
from fake_news.scoring.chunk import Judge, score_chunk
from tests.fake_news.conftest import ROOT, Cluster, TrainedDetector
from tests.fake_news.scoring.conftest import (
    ROWS,
    Command,
    expected,
    read_rows,
    score_rows,
    score_while_a_worker_dies,
    wait_for,
    write_rows,
)

pytestmark = pytest.mark.lifecycle


def test_a_killed_run_goes_on_where_it_stopped(command_here: Command, trained: TrainedDetector, tmp_path: Path) -> None:
    rows, output = write_rows(tmp_path / "rows.csv", 400), tmp_path / "out.jsonl"
    arguments = [
        "score", str(rows), str(output), "--checkpoint", str(trained.path), "--jobs", "1", "--chunk-rows", "2",
        "--data-folder", str(tmp_path / "home"),
    ]  # fmt: skip
    process = subprocess.Popen([sys.executable, "-m", "fake_news", *arguments], cwd=ROOT, stderr=subprocess.DEVNULL)
    partial = tmp_path / "out.jsonl.partial"
    with process:
        wait_for(lambda: len(list(partial.glob("*.jsonl"))) > 20)
        process.kill()
    assert not output.exists()
    kept = {path.name: path.stat().st_mtime_ns for path in partial.glob("*.jsonl")}
    assert 20 < len(kept) < 200
    other = command_here(*arguments, "--no-statements")
    assert other.status == 2
    assert (
        "holds an unfinished run with another choice of columns. Run it as before to continue, or start over"
        in other.err
    )
    assert {path.name for path in partial.glob("*.jsonl")} >= set(kept)
    run = command_here(*arguments)
    assert run.status == 0, run.err
    assert f"400 rows scored, {2 * len(kept)} of them by an earlier run" in run.out
    assert read_rows(output) == expected(Detector.load(trained.path), 400)
    assert not partial.exists()


def test_on_a_cluster_one_of_whose_workers_is_killed_nothing_is_lost_and_nothing_twice(
    trained: TrainedDetector, cluster: Cluster, tmp_path: Path
) -> None:
    count = 800
    rows, output = write_rows(tmp_path / "rows.csv", count), tmp_path / "out.jsonl"
    arguments = [
        "score", str(rows), str(output), "--checkpoint", str(trained.path), "--backend", cluster.backend,
        "--chunk-rows", "5", "--data-folder", str(tmp_path / "home"),
    ]  # fmt: skip
    partial = tmp_path / "out.jsonl.partial"
    at_the_kill, out = score_while_a_worker_dies(
        arguments, cluster.workers[0], lambda: len(list(partial.glob("*.jsonl"))), after=10
    )
    assert at_the_kill < count / 5  # it was killed in the middle
    assert f"{count:,} rows scored: " in out
    found = read_rows(output)
    assert [row["id"] for row in found] == [str(number) for number in range(count)]
    assert found == expected(Detector.load(trained.path), count)


def test_a_run_that_stops_between_two_chunks_is_taken_up(
    judge: Judge, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole.jsonl"
    score_rows(judge, rows, whole)
    seen: list[int] = []

    def until_stopped(by: Judge, chunk: Any) -> Any:
        if len(seen) == 3:
            seen.append(-1)
            raise KeyboardInterrupt
        seen.append(chunk.number)
        return score_chunk(by, chunk)

    monkeypatch.setattr(scoring, "score_chunk", until_stopped)
    output = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        score_rows(judge, rows, output)
    summary = score_rows(judge, rows, output)
    assert seen == [0, 1, 2, -1, 3, 4, 5]
    assert (summary.rows, summary.resumed) == (ROWS, 30)
    assert output.read_bytes() == whole.read_bytes()
