"""`python -m fake_news retrain`, from new rows to a challenger with a verdict; the champion serves whatever happens."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fake_news.database.lazy_database import LazyDatabase
from fake_news.database.records import NewFeedback
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.monitoring.reference import reference_of
from fake_news.retraining.promotion import REPORT_FILE, promote
from fake_news.training.training_sets import load_corpus
from tests.fake_news.conftest import ROOT, Run, TrainedDetector
from tests.fake_news.retraining.conftest import new_file

pytestmark = pytest.mark.lifecycle

LENIENT_GATE = "[gate]\nmargin = 0.2\nsignificance = 0.01\nfalse_alarm_bound = 0.7\n"

"""With 48 test statements and 24 sentences of pages, stricter bounds could prove nothing."""


@dataclass(frozen=True)
class Retraining:
    checkpoints: Path
    run: Run
    data_folder: Path

    @property
    def path(self) -> Path:
        return self.checkpoints / "challenger"


@pytest.fixture(scope="module")
def retrained(
    trained: TrainedDetector,
    miniature_data: Path,
    command: Callable[..., Run],
    tmp_path_factory: pytest.TempPathFactory,
) -> Retraining:
    """One retraining by the command line, on a file and on the feedback in a server's database."""
    folder = tmp_path_factory.mktemp("retrained")
    checkpoints, home, gate = folder / "checkpoints", folder / "home", folder / "gate.toml"
    shutil.copytree(trained.checkpoints, checkpoints)
    gate.write_text(LENIENT_GATE, encoding="utf-8")
    storage = LazyDatabase(home)
    storage.database().add_feedback(NewFeedback("The ice rink has opened nine new bakeries.", "likely-false", "true"))
    storage.database().add_feedback(NewFeedback("Such a lovely ice rink!", "unsure", "no-claim"))
    storage.database().add_feedback(NewFeedback("The ice rink may close.", "likely-false", "unsure"))
    storage.close()
    run = command(
        *("retrain", "--version", "challenger", "--checkpoints", checkpoints, "--data-dir", miniature_data),
        *("--new", new_file(folder / "new.csv", flipped=False), "--server-feedback", "--data-folder", home),
        *("--gate", gate, "--runs", folder / "runs"),
    )
    return Retraining(checkpoints, run, home)


def report_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read_checkpoint(path).files[REPORT_FILE])
    return found


def test_it_writes_a_challenger_and_promotes_nothing(retrained: Retraining, trained: TrainedDetector) -> None:
    assert retrained.run.status == 0, retrained.run.err
    assert current_checkpoint(retrained.checkpoints).name == trained.version
    report = report_of(retrained.path)
    assert (report["passed"], report["champion"], report["version"]) == (True, trained.version, "challenger")
    assert [one["name"] for one in report["sets"]] == ["LIAR test", "PolitiFact 2021–22"]
    assert "neither was trained on" in report["sets"][0]["how"]
    assert "Both recipes fitted again" in report["sets"][1]["how"]
    rows = report["rows"]
    assert (rows["read"], rows["no_claims"]) == (63, 1)
    assert rows["statements"] + sum(rows["set_aside"].values()) == 62
    assert rows["set_aside"]["the reader was unsure"] == 1
    assert rows["undated"] == 1
    for text in (retrained.run.out, *((retrained.path / name).read_text("utf-8") for name in REPORTS)):
        assert "Passed" in text
        assert "Without a date: 1 of them." in text
        assert "ice rink" not in text  # rows are never named by their text


REPORTS = ("retraining.md", "retraining.html")


def test_the_challenger_is_whole_and_can_be_promoted(
    retrained: Retraining, trained: TrainedDetector, tmp_path: Path
) -> None:
    root = tmp_path / "checkpoints"
    shutil.copytree(retrained.checkpoints, root)
    assert promote(root, "challenger").before == trained.version
    challenger, champion = read_checkpoint(root / "challenger"), read_checkpoint(root / trained.version)
    assert challenger.model["card"]["trained_on"]["statements"] > champion.model["card"]["trained_on"]["statements"]
    assert reference_of(challenger.model["card"]) is not None
    for name in ("terms.npz", "fact_checks.npz", "claim_vectors.npy", "relation.npz"):
        assert challenger.model["files"][name] == champion.model["files"][name]
    assert challenger.model["calibration"] == champion.model["calibration"]  # nothing was calibrated on the new rows
    detector = Detector.load(root / "challenger")
    assert detector.card["measures"][0]["measure"] == "AUC"
    assert detector.check("The ice rink has opened nine new bakeries.")


def test_the_run_is_recorded(retrained: Retraining) -> None:
    [record] = retrained.checkpoints.parent.glob("runs/*/*.json")
    kept = json.loads(record.read_text(encoding="utf-8"))
    assert (kept["command"], kept["notes"]["passed"]) == ("retrain", True)
    assert {"new.csv", "the server's feedback", "liar/test.tsv"} <= set(kept["data"])
    assert kept["artefacts"][0]["path"].endswith("challenger")


def test_the_same_name_twice_is_refused(
    retrained: Retraining, miniature_data: Path, command_here: Callable[..., Run]
) -> None:
    arguments = ["--checkpoints", retrained.checkpoints, "--data-dir", miniature_data]
    again = command_here("retrain", "--version", "challenger", "--server-feedback", *arguments)
    assert (again.status, "exists already" in again.err) == (2, True)
    nothing = command_here("retrain", "--version", "other", *arguments)
    assert (nothing.status, "nothing to learn from" in nothing.err) == (2, True)


def test_rows_that_cannot_be_learned_stop_it_before_anything_is_written(
    retrained: Retraining, miniature_data: Path, command_here: Callable[..., Run], tmp_path: Path
) -> None:
    test_statement = load_corpus(miniature_data).liar["test"][3].text
    path = tmp_path / "new.jsonl"
    path.write_text(json.dumps({"text": test_statement.upper(), "label": "true"}) + "\n", encoding="utf-8")
    before = sorted(retrained.checkpoints.iterdir())
    run = command_here(
        *("retrain", "--version", "leak", "--new", path),
        *("--checkpoints", retrained.checkpoints, "--data-dir", miniature_data),
    )
    assert run.status == 2
    assert "new.jsonl, line 1: is worded like a frozen test statement (LIAR test)" in run.err
    assert sorted(retrained.checkpoints.iterdir()) == before


def test_a_kill_leaves_the_champion_and_nothing_half(
    trained: TrainedDetector, miniature_data: Path, tmp_path: Path
) -> None:
    """Killed where it has said what it does: while it trains, and while it compares."""
    root, new = tmp_path / "checkpoints", new_file(tmp_path / "new.csv", flipped=False)
    shutil.copytree(trained.checkpoints, root)
    before = {path.name: path.read_bytes() for path in (root / trained.version).iterdir()}
    command = [
        *(sys.executable, "-m", "fake_news", "retrain", "--version", "killed", "--checkpoints", str(root)),
        *("--data-dir", str(miniature_data), "--new", str(new), "--runs", str(tmp_path / "runs")),
    ]
    for moment in ("Fitting on all", "Comparing with champion"):
        with subprocess.Popen(
            command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stderr is not None
            assert any(moment in line for line in process.stderr), moment
            process.kill()
        assert current_checkpoint(root).name == trained.version
        assert [path.name for path in root.iterdir() if not path.name.startswith(".")].count("killed") == 0
    assert {path.name: path.read_bytes() for path in (root / trained.version).iterdir()} == before
    assert Detector.load(current_checkpoint(root)).version == trained.version
