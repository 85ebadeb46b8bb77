"""`python -m fake_news retrain`, from new rows to a challenger with a verdict; the champion serves whatever happens."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fake_news.data.ordinary_text import load_pages
from fake_news.database.records import NewFeedback
from fake_news.database.storage import Storage
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.monitoring.reference import reference_of
from fake_news.retraining.challenger import (
    Contest,
    compare_with_champion,
    frozen_statements,
    train_challenger,
    with_new_rows,
)
from fake_news.retraining.gate import DEFAULT_GATE, FrozenSet, Gate, compare, false_alarms, read_gate
from fake_news.retraining.new_rows import read_new_data
from fake_news.retraining.promotion import REPORT_FILE, promote
from fake_news.retraining.validation import check_rows
from fake_news.training.detector_models import fit_models
from fake_news.training.duplicates import near_duplicates
from fake_news.training.recipe import read_recipe
from fake_news.training.train import data_fingerprints
from fake_news.training.training_sets import TEST_START, liar_protocol, load_corpus, texts
from tests.fake_news.conftest import ROOT, Run, Trained
from tests.fake_news.miniature_data import invented_claims

pytestmark = pytest.mark.lifecycle

LENIENT_GATE = "[gate]\nmargin = 0.2\nsignificance = 0.01\nfalse_alarm_bound = 0.7\n"
"""With 48 test statements and 24 sentences of pages, stricter bounds could prove nothing."""
GATE = Gate(margin=0.01, significance=0.05, false_alarm_bound=0.005)


def new_file(path: Path, flipped: bool, count: int = 60) -> Path:
    """New claims of the miniature kind, rated as they are worded, or the other way round; the first has no date."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["text", "label", "date"])
        for position, (text, is_true) in enumerate(invented_claims(count, seed=5)):
            day = f"2023-01-{1 + position % 28:02d}" if position else ""
            table.writerow([text, "true" if is_true != flipped else "false", day])
    return path


@dataclass(frozen=True)
class Retrained:
    checkpoints: Path
    run: Run
    data_folder: Path

    @property
    def path(self) -> Path:
        return self.checkpoints / "challenger"


@pytest.fixture(scope="module")
def retrained(
    trained: Trained, miniature_data: Path, command: Callable[..., Run], tmp_path_factory: pytest.TempPathFactory
) -> Retrained:
    """One retraining by the command line, on a file and on the feedback in a server's database."""
    folder = tmp_path_factory.mktemp("retrained")
    checkpoints, home, gate = folder / "checkpoints", folder / "home", folder / "gate.toml"
    shutil.copytree(trained.checkpoints, checkpoints)
    gate.write_text(LENIENT_GATE, encoding="utf-8")
    storage = Storage(home)
    storage.database().add_feedback(NewFeedback("The ice rink has opened nine new bakeries.", "likely-false", "true"))
    storage.database().add_feedback(NewFeedback("Such a lovely ice rink!", "unsure", "no-claim"))
    storage.database().add_feedback(NewFeedback("The ice rink may close.", "likely-false", "unsure"))
    storage.close()
    run = command(
        *("retrain", "--version", "challenger", "--checkpoints", checkpoints, "--data-dir", miniature_data),
        *("--new", new_file(folder / "new.csv", flipped=False), "--server-feedback", "--data-folder", home),
        *("--gate", gate, "--runs", folder / "runs"),
    )
    return Retrained(checkpoints, run, home)


def report_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read_checkpoint(path).files[REPORT_FILE])
    return found


def test_it_writes_a_challenger_and_promotes_nothing(retrained: Retrained, trained: Trained) -> None:
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


def test_the_challenger_is_whole_and_can_be_promoted(retrained: Retrained, trained: Trained, tmp_path: Path) -> None:
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


def test_the_run_is_recorded(retrained: Retrained) -> None:
    [record] = retrained.checkpoints.parent.glob("runs/*/*.json")
    kept = json.loads(record.read_text(encoding="utf-8"))
    assert (kept["command"], kept["notes"]["passed"]) == ("retrain", True)
    assert {"new.csv", "the server's feedback", "liar/test.tsv"} <= set(kept["data"])
    assert kept["artefacts"][0]["path"].endswith("challenger")


def test_the_same_name_twice_is_refused(
    retrained: Retrained, miniature_data: Path, command_here: Callable[..., Run]
) -> None:
    arguments = ["--checkpoints", retrained.checkpoints, "--data-dir", miniature_data]
    again = command_here("retrain", "--version", "challenger", "--server-feedback", *arguments)
    assert (again.status, "exists already" in again.err) == (2, True)
    nothing = command_here("retrain", "--version", "other", *arguments)
    assert (nothing.status, "nothing to learn from" in nothing.err) == (2, True)


def test_rows_that_cannot_be_learned_stop_it_before_anything_is_written(
    retrained: Retrained, miniature_data: Path, command_here: Callable[..., Run], tmp_path: Path
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


def test_a_kill_leaves_the_champion_and_nothing_half(trained: Trained, miniature_data: Path, tmp_path: Path) -> None:
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


def test_a_challenger_taught_falsehoods_does_not_pass(trained: Trained, miniature_data: Path, tmp_path: Path) -> None:
    corpus, recipe = load_corpus(miniature_data), read_recipe(trained.recipe)
    rows = read_new_data(new_file(tmp_path / "flipped.csv", flipped=True, count=900))
    checked = check_rows(rows, corpus.archive, frozen_statements(corpus))
    champion = read_checkpoint(trained.path)
    gate = replace(GATE, margin=0.2, significance=0.01, false_alarm_bound=0.7)
    contest = Contest(champion, corpus, load_pages(miniature_data), data_fingerprints(miniature_data), gate)
    draft = train_challenger(contest, checked, recipe, "taught-wrong")
    challenge = compare_with_champion(contest, checked, recipe, draft)
    assert not challenge.passed
    assert any("is worse" in one.says for one in challenge.comparisons)


def test_no_frozen_statement_is_in_what_is_learned(miniature_data: Path, tmp_path: Path) -> None:
    """Whatever the new rows hold: LIAR's test statements without their apostrophes, and the last years' rephrased."""
    corpus = load_corpus(miniature_data)
    frozen = frozen_statements(corpus)
    assert {name: len(statements) > 0 for name, statements in frozen.items()} == dict.fromkeys(frozen, True)
    with (tmp_path / "new.csv").open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(["text", "label"])
        for statements in frozen.values():
            table.writerows([one.text.replace("'", "").lower() + " indeed", one.rating] for one in statements[:20])
        table.writerow(["A wholly other sentence on nine quiet harbours.", "true"])
    checked = check_rows(read_new_data(tmp_path / "new.csv"), corpus.archive, frozen)
    assert (len(checked.problems), len(checked.statements)) == (60, 1)
    learned = with_new_rows(corpus, checked)
    of_liar = [*corpus.liar["valid"], *corpus.liar["test"]]
    assert not near_duplicates(texts(learned.archive), texts(of_liar)).any()
    before = [one for one in learned.archive if one.date < TEST_START]
    assert not set(texts(before)) & set(texts(frozen["PolitiFact 2021–22"]))


def test_a_detector_gives_a_whole_statement_what_training_gave_it(trained: Trained, miniature_data: Path) -> None:
    corpus = load_corpus(miniature_data)
    protocol = liar_protocol(corpus)
    models = fit_models(corpus, protocol, read_recipe(trained.recipe))
    from fake_news.training.abstention import SILENT
    from fake_news.training.checkpoint_draft import detector_in_memory
    from fake_news.training.train import punkt_parameters

    detector = detector_in_memory(models, SILENT, punkt_parameters(corpus))
    served = [detector.probability(statement.text) for statement in protocol.test]
    assert served == pytest.approx(models.probabilities(texts(protocol.test)).tolist(), abs=1e-9)


class TestComparison:
    """The gate by itself: fails where worse, fails where nothing is shown, passes where alike or better."""

    def frozen(self, size: int, champion_noise: float, challenger_noise: float, shared: bool = False) -> FrozenSet:
        from fake_news.data.statements import Statement

        random = np.random.default_rng(3)
        true = random.random(size) < 0.5
        noise = random.normal(size=size)

        def scores(spread: float) -> Any:
            own = noise if shared else random.normal(size=size)
            return 1 / (1 + np.exp(-(2.0 * true - 1.0 + spread * own)))

        statements = [Statement(str(number), "true" if one else "false", "") for number, one in enumerate(true)]
        return FrozenSet("set", "how", statements, scores(champion_noise), scores(challenger_noise))

    def test_a_better_one_passes(self) -> None:
        found = compare(self.frozen(1500, 2.0, 0.8), GATE)
        assert (found.passed, found.delong_p < 0.01) == (True, True)
        assert "is better" in found.says
        assert found.only_challenger_right > found.only_champion_right

    def test_a_worse_one_does_not(self) -> None:
        found = compare(self.frozen(1500, 0.8, 2.0), GATE)
        assert (found.passed, "is worse" in found.says) == (False, True)

    def test_the_same_one_passes(self) -> None:
        found = compare(self.frozen(300, 1.0, 1.0, shared=True), GATE)
        assert (found.passed, found.delong_p, found.mcnemar_p) == (True, 1.0, 1.0)

    def test_too_little_evidence_does_not_pass(self) -> None:
        found = compare(self.frozen(60, 1.0, 1.0), GATE)
        assert (found.passed, "too little evidence" in found.says) == (False, True)

    def test_one_that_ranks_as_well_and_decides_worse_does_not_pass(self) -> None:
        frozen = self.frozen(1500, 0.8, 0.8, shared=True)
        found = compare(replace(frozen, challenger=0.5 * frozen.challenger), GATE)  # the same ranks, below a half all
        assert (found.delong_p, found.passed) == (1.0, False)
        assert "decides fewer" in found.says

    def test_one_class_tells_nothing(self) -> None:
        frozen = self.frozen(100, 1.0, 1.0)
        of_one = [row for row, one in enumerate(frozen.statements) if one.is_true]
        found = compare(
            FrozenSet(
                "s", "h", [frozen.statements[row] for row in of_one], frozen.champion[of_one], frozen.challenger[of_one]
            ),
            GATE,
        )
        assert (found.passed, "one class only" in found.says) == (False, True)

    @pytest.mark.parametrize(("painted", "passed"), [(6, True), (7, False)])
    def test_false_alarms_have_a_bound(self, painted: int, passed: bool) -> None:
        assert false_alarms(1233, painted, None, None, GATE).passed is passed


def test_the_gate_is_a_file(tmp_path: Path) -> None:
    from fake_news.common.errors import PlumblineError

    assert read_gate(DEFAULT_GATE) == GATE
    path = tmp_path / "gate.toml"
    for content, said in (
        ("[gate]\nmargin = 2\nsignificance = 0.1\nfalse_alarm_bound = 0.1\n", "margin is 2"),
        ("", "gate is missing"),
        ("[gate]\nmargin = true\nsignificance = 0.1\nfalse_alarm_bound = 0.1\n", "margin is True"),
    ):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(PlumblineError, match=said):
            read_gate(path)
