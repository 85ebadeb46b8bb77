"""Every run leaves one record, whatever becomes of it, and keeping the record never costs a run its result."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fake_news.common.errors import DataError
from fake_news.runs.record import Record, Status
from fake_news.runs.recording import Recorder, Run
from fake_news.runs.run_store import RunStore

ENDLESS_RUN = """
import sys, time
from fake_news.runs.recording import Recorder
with Recorder().record("tune", configuration={"families": ["forest"]}, seed=7) as run:
    run.metrics({"auc": 0.6})
    sys.stdout.write(run.id + "\\n")
    sys.stdout.flush()
    time.sleep(600)
"""


def only_record(folder: Path) -> Record:
    [record], broken = RunStore(folder).all()
    assert broken == []
    return record


def test_a_record_holds_everything_about_a_run(tmp_path: Path, root: Path) -> None:
    model = tmp_path / "model"
    (model / "parts").mkdir(parents=True)
    (model / "weights.npy").write_bytes(b"12345")
    (model / "parts" / "words.txt").write_bytes(b"harbour\n")
    configuration = {"recipe": model, "scale": np.float64(0.5), "grid": (1, 2), "words": {"b", "a"}, "best": None}
    with Recorder(tmp_path / "r").record(
        "train", configuration=configuration, data={"liar/train.tsv": "ab12"}, seed=3
    ) as run:
        run.metrics({"auc": 0.7, "f1": 0.1})
        run.metrics({"auc": np.float64(0.75), "loss": float("nan")})
        run.plot("reliability 2021/22", "<svg/>")
        run.artefact(model)
        run.artefact(model / "weights.npy")
        run.note("promoted", True)
    record = only_record(tmp_path / "r")
    assert (record.id, record.command, record.seed) == (run.id, "train", 3)
    assert record.arguments == sys.argv[1:]
    assert record.configuration == {
        "recipe": model.as_posix(),
        "scale": 0.5,
        "grid": [1, 2],
        "words": ["a", "b"],
        "best": None,
    }
    assert record.data == {"liar/train.tsv": "ab12"}
    assert record.metrics == {"auc": 0.75, "f1": 0.1, "loss": None}
    assert RunStore(tmp_path / "r").read_plot(run.id, record.plots["reliability 2021/22"]) == "<svg/>"
    assert record.notes == {"promoted": True}
    folder, file = record.artefacts
    weights, words = (hashlib.sha256(content).hexdigest() for content in (b"12345", b"harbour\n"))
    assert folder.files == {"parts/words.txt": words, "weights.npy": weights}
    assert (folder.bytes, file.bytes, file.sha256, file.files) == (13, 5, weights, None)
    assert (record.status, record.error) == (Status.FINISHED, None)
    assert record.ended is not None
    assert record.ended >= record.started
    assert record.duration is not None
    assert record.environment.packages["numpy"] == np.__version__
    assert record.environment.python.endswith(".".join(map(str, sys.version_info[:3])))
    assert len(record.code.sha256) == 64
    if (root / ".git").exists():
        head = subprocess.run(["git", "-C", root, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
        assert record.code.commit == head.stdout.strip()
        assert record.code.dirty in (True, False)


def test_a_failed_run_says_why_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two"), Recorder(tmp_path).record("evaluate", configuration={}):
        raise ValueError("first\ntwo")
    record = only_record(tmp_path)
    assert (record.status, record.error) == (Status.FAILED, "ValueError: first two")
    assert record.ended is not None


def test_an_expected_failure_is_recorded_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(DataError), Recorder(tmp_path).record("train", configuration={}):
        raise DataError("No file liar/train.tsv.", "Get it.")
    assert only_record(tmp_path).error == "No file liar/train.tsv. Get it."


def test_a_stopped_run_is_interrupted(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Recorder(tmp_path).record("train", configuration={}):
        raise KeyboardInterrupt
    assert only_record(tmp_path).status is Status.INTERRUPTED


def test_a_killed_run_is_interrupted_and_mixes_with_no_other(tmp_path: Path, root: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS_RUN],
        cwd=root,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PLUMBLINE_RUNS": str(tmp_path)},
    )
    with process:
        assert process.stdout
        run_id = process.stdout.readline().strip()
        store = RunStore(tmp_path)
        assert store.read(run_id).status is Status.RUNNING
        process.kill()
        process.wait()
    killed = store.read(run_id)
    assert (killed.status, killed.error, killed.metrics, killed.ended) == (
        Status.INTERRUPTED,
        "It was killed.",
        {"auc": 0.6},
        None,
    )
    with Recorder(tmp_path).record("tune", configuration={}) as run:
        assert run.id != run_id
        assert store.read(run.id).status is Status.RUNNING
    assert store.read(run_id) == killed
    assert store.read(run.id).status is Status.FINISHED


def test_runs_at_the_same_time_have_records_of_their_own(tmp_path: Path) -> None:
    with (
        Recorder(tmp_path).record("train", configuration={"c": 1}) as one,
        Recorder(tmp_path).record("train", configuration={"c": 2}) as other,
    ):
        one.metrics({"auc": 0.1})
        other.metrics({"auc": 0.2})
    store = RunStore(tmp_path)
    assert [(store.read(run.id).configuration, store.read(run.id).metrics) for run in (one, other)] == [
        ({"c": 1}, {"auc": 0.1}),
        ({"c": 2}, {"auc": 0.2}),
    ]


def measure_something(run: Run) -> str:
    run.metrics({"auc": 0.7})
    run.plot("curve", "<svg/>")
    return "the result"


def test_a_full_disk_costs_the_record_and_not_the_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with Recorder(tmp_path).record("train", configuration={}) as run:
        before = RunStore(tmp_path).read(run.id)
        with monkeypatch.context() as patch:
            patch.setattr("os.fsync", full)
            assert measure_something(run) == "the result"
        assert RunStore(tmp_path).read(run.id) == before
    assert [entry.levelno for entry in caplog.records] == [logging.WARNING]
    assert os.strerror(errno.ENOSPC) in caplog.text
    # Room came back before the end: the record is whole again.
    assert RunStore(tmp_path).read(run.id).metrics == {"auc": 0.7}
    assert [path for path in (tmp_path / run.id).iterdir() if path.name.endswith(".new")] == []


def test_a_folder_that_cannot_be_made_costs_the_record_and_not_the_result(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with Recorder(tmp_path / "file").record("train", configuration={}) as run:
        result = measure_something(run)
    assert result == "the result"
    assert "cannot be written" in caplog.text
    assert caplog.text.count("\n") == 1


def test_an_artefact_that_is_not_there_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Recorder(tmp_path).record("train", configuration={}) as run:
        run.artefact(tmp_path / "nowhere")
    assert "nowhere is not in the record" in caplog.text
    assert only_record(tmp_path).status is Status.FINISHED
