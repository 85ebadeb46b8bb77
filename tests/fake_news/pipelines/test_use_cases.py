"""Use cases as functions: what a notebook calls does what the command does, record included."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from fake_news.common.errors import PlumblineError
from fake_news.data.splitting.split import By
from fake_news.pipelines.analyse import explore_data
from fake_news.pipelines.retrain import Sources, retrain
from fake_news.pipelines.split import split_set
from fake_news.pipelines.storage import pull_folder, push_folder
from fake_news.retraining.gate import read_gate
from fake_news.runs.record import Status
from fake_news.runs.recording import Recorder
from fake_news.runs.run_store import RunStore


def test_exploring_writes_the_page_and_a_record(miniature_data: Path, tmp_path: Path) -> None:
    path = tmp_path / "exploration.html"
    exploration = explore_data(miniature_data, path, recorder=Recorder(tmp_path / "runs"))
    record = RunStore(tmp_path / "runs").find("latest:explore")
    assert record.status is Status.FINISHED
    assert [artefact.path for artefact in record.artefacts] == [path.as_posix()]
    assert {f"{name}_statements" for name in exploration.statements} == set(record.metrics)
    page = html.unescape(path.read_text(encoding="utf-8"))
    assert [chart.title for chart in exploration.charts if chart.title not in page] == []


def test_a_split_that_fails_is_recorded_as_failed(miniature_data: Path, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "runs")
    manifest = split_set("liar", miniature_data, tmp_path / "liar", recorder=recorder)
    assert sum(part.rows for part in manifest.parts.values()) > 0
    with pytest.raises(PlumblineError, match="there already"):
        split_set("liar", miniature_data, tmp_path / "liar", by=By.SPEAKER, recorder=recorder)
    record = RunStore(tmp_path / "runs").find("latest")
    assert (record.command, record.status, record.configuration["by"]) == ("data split", Status.FAILED, "speaker")


def test_progress_is_reported_as_it_is_made(miniature_data: Path, tmp_path: Path) -> None:
    reported: list[tuple[int, int | None]] = []

    def progress(done: int, of: int | None = None, /) -> None:
        reported.append((done, of))

    recorder = Recorder(tmp_path / "runs")
    pushed = push_folder(miniature_data / "liar", str(tmp_path / "place"), "data", progress, recorder)
    count = len(pushed.manifest.files)
    assert reported == [(done, count) for done in range(count + 1)]
    folder, pulled = pull_folder(str(tmp_path / "place"), "data", tmp_path / "copy", recorder=recorder)
    assert (folder, pulled.manifest) == (tmp_path / "copy", pushed.manifest)


def test_retraining_on_nothing_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(PlumblineError, match="nothing to learn from"):
        retrain("2027.01-a", Sources(), tmp_path / "no-data", read_gate(), tmp_path / "checkpoints")
