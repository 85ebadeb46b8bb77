"""`python -m fake_news score`: one row in, one row out, in every format."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from fake_news.cli.command_line import main
from fake_news.detection.detector import Detector
from fake_news.scoring.chunk import Judge
from tests.fake_news.conftest import TrainedDetector
from tests.fake_news.scoring.conftest import ROWS, Command, expected, read_rows, score_rows

pytestmark = pytest.mark.lifecycle


def test_every_row_says_what_the_detector_says(
    command: Command, command_here: Command, trained: TrainedDetector, rows: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    run = command(
        "score", rows, output, "--checkpoint", trained.path, "--jobs", "2", "--chunk-rows", "7",
        "--data-folder", tmp_path / "home",
    )  # fmt: skip
    assert run.status == 0, run.err
    assert read_rows(output) == expected(Detector.load(trained.path), ROWS)
    assert run.out.startswith(f"{ROWS} rows scored: ")
    assert run.out.endswith("10  of them without a text\n")
    assert "100%  60 of 60 rows" in run.err
    assert sorted(path.name for path in tmp_path.glob("out*")) == ["out.jsonl"]
    again = command_here("score", rows, output, "--checkpoint", trained.path)
    assert (again.status, again.out) == (2, "")
    assert again.err.endswith("out.jsonl exists already. Name another output, or replace it with --overwrite.\n")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
@pytest.mark.parametrize("input_suffix", [".csv", ".jsonl", ".parquet"])
def test_every_format_into_every_other(judge: Judge, tmp_path: Path, input_suffix: str, suffix: str) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    texts = ["It rose by 4 percent,\nsaid “they”.", None, "A secret plot!"]
    rows, output = tmp_path / f"rows{input_suffix}", tmp_path / f"out{suffix}"
    if input_suffix == ".csv":
        with rows.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["n", "text"], *enumerate(texts)])
    elif input_suffix == ".jsonl":
        rows.write_text("".join(json.dumps({"n": n, "text": t}) + "\n" for n, t in enumerate(texts)), encoding="utf-8")
    else:
        pq.write_table(pa.table({"n": [0, 1, 2], "text": texts}), rows)
    score_rows(judge, rows, output)
    found = pq.read_table(output).to_pylist() if suffix == ".parquet" else read_rows(output)
    assert [str(row["n"]) for row in found] == ["0", "1", "2"]
    assert [row["text"] or None for row in found] == texts
    assert [row["verdict_note"] or None for row in found] == [None, "no-text", None]
    for row in found:
        listed = row["verdict_statements"]
        listed = json.loads(listed) if isinstance(listed, str) else listed
        assert isinstance(listed, list)
        assert len(listed) >= int(row["verdict_claims"])
    if suffix == ".parquet":
        kinds = {field.name: str(field.type) for field in pq.read_schema(output)}
        assert kinds["verdict_probability"] == "double"
        assert kinds["n"] == ("int64" if input_suffix == ".parquet" else "string")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["rows.csv", "out.txt"], "out.txt ends in none of .csv"),
        (["rows.csv", "nowhere/out.csv"], "there is no folder"),
        (["rows.csv", "rows.csv", "--overwrite"], "cannot be the output"),
        (["rows.csv", "out.csv", "--text-column", "words"], "no column 'words'; it has id, text"),
        (["none.csv", "out.csv"], "none.csv cannot be read"),
        (["scored.csv", "out.csv"], "has a column verdict_label already"),
        (["bad.jsonl", "out.csv"], "bad.jsonl, line 2: not JSON"),
        (["rows.csv", "out.csv", "--backend", "dask://127.0.0.1:1"], "There is no Dask scheduler"),
    ],
)
def test_impossible_requests_are_refused_before_anything_is_scored(
    arguments: Sequence[str], complaint: str, rows: Path, shipped: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "scored.csv").write_text("text,verdict_label\na,true\n", encoding="utf-8")
    (tmp_path / "bad.jsonl").write_text('{"text": "a"}\nnothing\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLUMBLINE_RUNS", str(tmp_path / "runs"))
    monkeypatch.setattr("fake_news.common.parallel._SECONDS_TO_CONNECT", 0.5)
    content = rows.read_bytes()
    status = main(["score", *arguments, "--checkpoint", str(shipped), "--data-folder", str(tmp_path / "home")])
    printed = capsys.readouterr()
    assert (status, printed.out) == (2, "")
    assert printed.err.count("\n") == 1
    assert complaint in printed.err
    assert rows.read_bytes() == content
    assert not list(tmp_path.glob("out*.csv"))
