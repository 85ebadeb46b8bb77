"""`python -m fake_news score`: one row in, one row out, whatever is killed meanwhile."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.common.parallel import Workers
from fake_news.detection.answer import statements
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.scoring import score as scoring
from fake_news.scoring.chunk import Judge, score_chunk, verdict_columns
from fake_news.scoring.partial import PartialOutput
from fake_news.scoring.score import run_description, score
from fake_news.scoring.source import open_source
from tests.fake_news.conftest import ROOT, Cluster, Run, Trained

pytestmark = pytest.mark.lifecycle

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
def judge(trained: Trained, tmp_path: Path) -> Judge:
    return Judge.at(trained.path, tmp_path / "home", all_statements=True)


def scored(judge: Judge, rows: Path, output: Path, *, overwrite: bool = False, workers: Any = None) -> Any:
    source = open_source(rows, None, "utf-8")
    with PartialOutput(output, run_description(source, judge, 10), overwrite) as partial:
        return score(source, output, judge, workers or Workers(1), partial, 10, lambda done: None)


def read(path: Path) -> list[dict[str, Any]]:
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


def test_every_row_says_what_the_detector_says(
    command: Command, command_here: Command, trained: Trained, rows: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    run = command(
        "score", rows, output, "--checkpoint", trained.path, "--jobs", "2", "--chunk-rows", "7",
        "--data-folder", tmp_path / "home",
    )  # fmt: skip
    assert run.status == 0, run.err
    assert read(output) == expected(Detector.load(trained.path), ROWS)
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
    scored(judge, rows, output)
    found = pq.read_table(output).to_pylist() if suffix == ".parquet" else read(output)
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


def test_a_killed_run_goes_on_where_it_stopped(command_here: Command, trained: Trained, tmp_path: Path) -> None:
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
    assert read(output) == expected(Detector.load(trained.path), 400)
    assert not partial.exists()


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.005)


def test_on_a_cluster_one_of_whose_workers_is_killed_nothing_is_lost_and_nothing_twice(
    trained: Trained, cluster: Cluster, tmp_path: Path
) -> None:
    count = 800
    rows, output = write_rows(tmp_path / "rows.csv", count), tmp_path / "out.jsonl"
    arguments = [
        "score", str(rows), str(output), "--checkpoint", str(trained.path), "--backend", cluster.backend,
        "--chunk-rows", "5", "--data-folder", str(tmp_path / "home"),
    ]  # fmt: skip
    partial = tmp_path / "out.jsonl.partial"
    process = subprocess.Popen(
        [sys.executable, "-m", "fake_news", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with process:
        wait_for(lambda: process.poll() is not None or len(list(partial.glob("*.jsonl"))) > 10)
        os.kill(cluster.workers[0], getattr(signal, "SIGKILL", signal.SIGTERM))
        at_the_kill = len(list(partial.glob("*.jsonl")))
        out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    assert at_the_kill < count / 5  # it was killed in the middle
    assert f"{count:,} rows scored: " in out
    found = read(output)
    assert [row["id"] for row in found] == [str(number) for number in range(count)]
    assert found == expected(Detector.load(trained.path), count)


def test_a_run_that_stops_between_two_chunks_is_taken_up(
    judge: Judge, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tmp_path / "whole.jsonl"
    scored(judge, rows, whole)
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
        scored(judge, rows, output)
    summary = scored(judge, rows, output)
    assert seen == [0, 1, 2, -1, 3, 4, 5]
    assert (summary.rows, summary.resumed) == (ROWS, 30)
    assert output.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("changed", ["input", "checkpoint", "fact-checks", "code"])
def test_runs_are_never_mixed(
    changed: str, judge: Judge, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    output = tmp_path / "out.jsonl"
    source = open_source(rows, None, "utf-8")
    with PartialOutput(output, run_description(source, judge, 10), overwrite=False):
        pass
    if changed == "input":
        rows.write_bytes(rows.read_bytes().replace(b"salt mine", b"gold mine"))
    elif changed == "checkpoint":
        judge = replace(judge, model_sha256="0" * 64)
    elif changed == "fact-checks":
        judge = replace(judge, imported_version="7")
    else:
        monkeypatch.setattr(scoring, "code_fingerprint", lambda: "other")
    with pytest.raises(PlumblineError, match="holds an unfinished run with another"):
        scored(judge, rows, output)
    assert not output.exists()
    if changed in ("input", "code"):
        assert scored(judge, rows, output, overwrite=True).resumed == 0


def test_an_input_that_changes_meanwhile_is_noticed(judge: Judge, rows: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    changed = rows.read_bytes().replace(b"number 3.", b"number 4.")

    class Meddling(Workers):
        def unordered(self, function: Any, shared: Any, items: Any) -> Any:
            yield from super().unordered(function, shared, items)
            rows.write_bytes(changed)

    with pytest.raises(PlumblineError, match="The input changed while it was scored"):
        scored(judge, rows, output, workers=Meddling(1))
    assert not output.exists()


def test_imported_fact_checks_that_change_meanwhile_are_noticed(
    shipped: Path, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge.at(shipped, tmp_path / "home", all_statements=True)
    monkeypatch.setattr(ImportedDatabase, "version", lambda self: "later")
    monkeypatch.setattr(ImportedDatabase, "library", lambda self, table, encoder: None)
    with pytest.raises(PlumblineError, match=r"imported fact-checks in .* changed meanwhile"):
        scored(judge, rows, tmp_path / "out.jsonl")


def test_two_runs_do_not_write_one_output(judge: Judge, rows: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    source = open_source(rows, None, "utf-8")
    with (
        PartialOutput(output, run_description(source, judge, 10), overwrite=False),
        pytest.raises(PlumblineError, match=r"Another run is writing out\.jsonl"),
    ):
        scored(judge, rows, output)


def test_a_worker_with_another_checkpoint_is_refused(judge: Judge, rows: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    with pytest.raises(PlumblineError, match="has not the same checkpoint"):
        scored(replace(judge, model_sha256="0" * 64), rows, tmp_path / "out.jsonl")


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
def test_what_cannot_be_done_is_said_before_anything_is_scored(
    arguments: Sequence[str], complaint: str, rows: Path, shipped: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    from fake_news.cli.command_line import main

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
