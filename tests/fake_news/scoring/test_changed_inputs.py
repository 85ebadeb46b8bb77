"""Rows scored with different inputs, checkpoints or fact-checks never end up in one output."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.common.parallel import Workers
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.scoring import score_file as scoring
from fake_news.scoring.chunk import Judge
from fake_news.scoring.partial_output import PartialOutput
from fake_news.scoring.score_file import run_description
from fake_news.scoring.source import open_source
from tests.fake_news.scoring.conftest import score_rows

pytestmark = pytest.mark.lifecycle


@pytest.mark.parametrize("changed", ["input", "checkpoint", "fact-checks", "code"])
def test_runs_are_never_mixed(
    changed: str, judge: Judge, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
        score_rows(judge, rows, output)
    assert not output.exists()
    if changed in ("input", "code"):
        assert score_rows(judge, rows, output, overwrite=True).resumed == 0


def test_an_input_that_changes_meanwhile_is_noticed(judge: Judge, rows: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    changed = rows.read_bytes().replace(b"number 3.", b"number 4.")

    class Meddling(Workers):
        def unordered(self, function: Any, shared: Any, items: Any) -> Any:
            yield from super().unordered(function, shared, items)
            rows.write_bytes(changed)

    with pytest.raises(PlumblineError, match="The input changed while it was scored"):
        score_rows(judge, rows, output, workers=Meddling(1))
    assert not output.exists()


def test_imported_fact_checks_that_change_meanwhile_are_noticed(
    shipped: Path, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = Judge.at(shipped, tmp_path / "home", all_statements=True)
    monkeypatch.setattr(ImportedDatabase, "version", lambda self: "later")
    monkeypatch.setattr(ImportedDatabase, "library", lambda self, table, encoder: None)
    with pytest.raises(PlumblineError, match=r"imported fact-checks in .* changed meanwhile"):
        score_rows(judge, rows, tmp_path / "out.jsonl")


def test_two_runs_do_not_write_one_output(judge: Judge, rows: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    source = open_source(rows, None, "utf-8")
    with (
        PartialOutput(output, run_description(source, judge, 10), overwrite=False),
        pytest.raises(PlumblineError, match=r"Another run is writing out\.jsonl"),
    ):
        score_rows(judge, rows, output)


def test_a_worker_with_another_checkpoint_is_refused(judge: Judge, rows: Path, tmp_path: Path) -> None:
    with pytest.raises(PlumblineError, match="has not the same checkpoint"):
        score_rows(replace(judge, model_sha256="0" * 64), rows, tmp_path / "out.jsonl")
