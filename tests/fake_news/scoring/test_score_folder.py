"""`python -m fake_news score FOLDER FOLDER`: each file by one worker, whatever is killed meanwhile."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.common.parallel import Workers
from fake_news.scoring import score_folder as scoring
from fake_news.scoring.chunk import Chunk, Judge, score_chunk
from fake_news.scoring.score_file import Summary
from fake_news.scoring.score_folder import check_folder, parts_of, score_parts
from tests.fake_news.conftest import Cluster, TrainedDetector
from tests.fake_news.scoring.conftest import score_while_a_worker_dies

pytestmark = pytest.mark.lifecycle


@pytest.fixture
def judge(trained: TrainedDetector, tmp_path: Path) -> Judge:
    return Judge.at(trained.path, tmp_path / "home", all_statements=False)


def write_parts(folder: Path, files: int, rows: int) -> Path:
    folder.mkdir()
    for number in range(files):
        with (folder / f"part-{number:03}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "text"])
            first = number * rows
            writer.writerows([n, f"Spending on harbour {n} rose by 4 percent."] for n in range(first, first + rows))
    return folder


def ids(folder: Path) -> list[int]:
    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [int(row["id"]) for row in csv.DictReader(file) if row["verdict_label"]]
    return found


def scored(judge: Judge, folder: Path, output: Path, *, overwrite: bool = False) -> Summary:
    parts = parts_of(folder, output, None, "utf-8", 4)
    return score_parts(parts, output, judge, Workers(1), overwrite=overwrite, progress=lambda _: None)


def test_every_file_has_its_own_and_nothing_else_is_there(judge: Judge, tmp_path: Path) -> None:
    folder, output = write_parts(tmp_path / "in", 3, 10), tmp_path / "out"
    (folder / "README").write_text("no rows\n", encoding="utf-8")
    summary = scored(judge, folder, output)
    assert (summary.rows, summary.resumed, sum(summary.labels.values())) == (30, 0, 30)
    assert sorted(path.name for path in output.iterdir()) == ["part-000.csv", "part-001.csv", "part-002.csv"]
    assert ids(output) == list(range(30))
    assert not (tmp_path / "out.partial").exists()


def test_a_run_that_stops_is_taken_up_and_what_changed_is_judged_again(
    judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, output = write_parts(tmp_path / "in", 4, 5), tmp_path / "out"
    chunks: list[Chunk] = []

    def until_stopped(by: Judge, chunk: Chunk) -> object:
        chunks.append(chunk)
        if len(chunks) == 6:  # the second of two chunks of the third file
            raise KeyboardInterrupt
        return score_chunk(by, chunk)

    monkeypatch.setattr(scoring, "score_chunk", until_stopped)
    with pytest.raises(KeyboardInterrupt):
        scored(judge, folder, output)
    assert not output.exists()
    assert ids(tmp_path / "out.partial") == list(range(10))
    changed = folder / "part-000.csv"
    os.utime(changed, ns=(1, changed.stat().st_mtime_ns + 1))
    summary = scored(judge, folder, output)
    assert (summary.rows, summary.resumed) == (20, 5)
    assert ids(output) == list(range(20))


def test_another_run_s_parts_are_never_taken(trained: TrainedDetector, judge: Judge, tmp_path: Path) -> None:
    folder, output = write_parts(tmp_path / "in", 2, 5), tmp_path / "out"
    (tmp_path / "out.partial" / "notes").mkdir(parents=True)
    (tmp_path / "out.partial" / "run.json").write_text(json.dumps({"checkpoint": "another"}), encoding="utf-8")
    with pytest.raises(PlumblineError, match="another checkpoint"):
        scored(judge, folder, output)
    assert scored(judge, folder, output, overwrite=True).rows == 10


def test_an_output_that_cannot_be_is_refused_at_once(tmp_path: Path) -> None:
    folder = write_parts(tmp_path / "in", 1, 1)
    for output in (folder, folder / "out", tmp_path, tmp_path / "no" / "out"):
        with pytest.raises(PlumblineError):
            check_folder(folder, output, overwrite=True)
    with pytest.raises(PlumblineError, match="no files"):
        parts_of(tmp_path / "in" / "..", tmp_path / "out", None, "utf-8", 5)


def test_on_a_cluster_one_of_whose_workers_is_killed_nothing_is_lost_and_nothing_twice(
    trained: TrainedDetector, cluster: Cluster, tmp_path: Path
) -> None:
    files, rows = 40, 25
    folder, output = write_parts(tmp_path / "in", files, rows), tmp_path / "out"
    arguments = [
        "score", str(folder), str(output), "--checkpoint", str(trained.path), "--backend", cluster.backend,
        "--chunk-rows", "5", "--data-folder", str(tmp_path / "home"), "--runs", str(tmp_path / "runs"),
    ]  # fmt: skip
    notes = tmp_path / "out.partial" / "notes"
    at_the_kill, out = score_while_a_worker_dies(
        arguments, cluster.workers[1], lambda: len(list(notes.glob("*.json"))), after=3
    )
    assert at_the_kill < files  # it was killed in the middle
    assert f"{files * rows:,} rows scored: " in out
    assert ids(output) == list(range(files * rows))
    assert len(list(output.iterdir())) == files
