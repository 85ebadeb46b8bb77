"""Files to score at addresses and by patterns."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.scoring.files_to_score import Pair, pairs
from tests.fake_news.conftest import Run


def rows(count: int) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(["id", "text"])
    writer.writerows([number, f"The ferry carried {number} bricks in spring."] for number in range(count))
    return lines.getvalue()


def test_a_pattern_is_all_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "notes.txt", "odd[1].csv"):
        (tmp_path / name).write_text(rows(1), encoding="utf-8")
    found = pairs(f"{tmp_path}/?.csv", f"{tmp_path}/out/")
    assert [(Path(pair.source).name, pair.target) for pair in found] == [
        ("a.csv", f"{tmp_path}/out/a.csv"),
        ("b.csv", f"{tmp_path}/out/b.csv"),
    ]
    odd = f"{tmp_path}/odd[1].csv"
    assert pairs(odd, "out.csv") == [Pair(odd, "out.csv")]
    with pytest.raises(PlumblineError, match="is not a folder"):
        pairs(f"{tmp_path}/*.csv", f"{tmp_path}/out.csv")
    with pytest.raises(PlumblineError, match="No file matches"):
        pairs(f"{tmp_path}/*.parquet", f"{tmp_path}/out/")


def test_an_address_is_read_and_written(
    command_here: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsspec = pytest.importorskip("fsspec")
    monkeypatch.setenv("PLUMBLINE_CACHE", str(tmp_path / "cache" / "storage"))
    memory: Any = fsspec.filesystem("memory")
    for number in (1, 2):
        memory.pipe_file(f"/scoring/in/part-{number}.csv", rows(number).encode())
    where = ("--jobs", "1", "--no-statements", "--runs", tmp_path / "runs", "--data-folder", tmp_path / "home")
    run = command_here("score", "memory://scoring/in/part-*.csv", "memory://scoring/out/", *where)
    assert run.status == 0, run.err
    assert "Wrote memory://scoring/out/part-2.csv." in run.out
    for number in (1, 2):
        written = list(csv.DictReader(io.StringIO(memory.cat_file(f"/scoring/out/part-{number}.csv").decode())))
        assert [row["id"] for row in written] == [str(row) for row in range(number)]
        assert all(row["verdict_label"] for row in written)
    again = command_here("score", "memory://scoring/in/part-1.csv", "memory://scoring/out/part-1.csv", *where)
    assert (again.status, "exists already" in again.err) == (2, True)
    missing = command_here("score", "memory://scoring/none.csv", tmp_path / "out.csv", *where)
    assert (missing.status, "memory://scoring/none.csv" in missing.err) == (2, True)
    assert "Traceback" not in missing.err
    assert not (tmp_path / "out.csv").exists()


def test_all_packages_that_are_missing_are_said_at_once(
    command_here: Callable[..., Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("pyarrow", "joblib", "s3fs"):
        monkeypatch.setitem(sys.modules, package, None)
    run = command_here("score", "s3://bucket/in.parquet", tmp_path / "out.csv", "--jobs", "2")
    assert run.status == 2
    for package in ("pyarrow", "joblib", "s3fs"):
        assert package in run.err.splitlines()[-1]
