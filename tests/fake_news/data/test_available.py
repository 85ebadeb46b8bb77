"""LIAR alone is enough: every command runs on the sets that are there, and says what the others would have brought."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fake_news.common.errors import DataError
from fake_news.data.status import COSTS, missing_lines, missing_sets
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.evaluation.model_card import model_card
from fake_news.training.training_sets import load_corpus, protocols, shipped_calibration_protocol, texts
from tests.fake_news.conftest import Run, run_command_here
from tests.fake_news.miniature_data import LENIENT_RECIPE


@pytest.fixture(scope="module")
def liar_alone(miniature_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with nothing in it but LIAR."""
    folder = tmp_path_factory.mktemp("liar-alone") / "data"
    shutil.copytree(miniature_data / "liar", folder / "liar")
    return folder


def test_what_is_missing_is_named_with_its_cost(liar_alone: Path, miniature_data: Path, tmp_path: Path) -> None:
    assert missing_sets(miniature_data) == {}
    missing = missing_sets(liar_alone)
    assert set(missing) == set(COSTS) - {"liar"}
    lines = missing_lines(missing)
    assert any(line.startswith("Without politifact: ") for line in lines)
    assert sum("counts as a claim" in line for line in lines) == 1
    tmp_path.joinpath("empty").mkdir()
    with pytest.raises(DataError, match="no rated statements"):
        load_corpus(tmp_path / "empty")


def test_the_protocols_that_it_carries(liar_alone: Path) -> None:
    corpus = load_corpus(liar_alone)
    assert list(protocols(corpus)) == ["liar"]
    with pytest.raises(DataError, match="lacks dated rulings"):
        protocols(corpus, "time")
    calibration = shipped_calibration_protocol(corpus)
    assert texts(calibration.calibration) == texts(corpus.liar["valid"])
    assert not {*texts(calibration.train)} & {*texts(corpus.liar["valid"]), *texts(corpus.liar["test"])}


def test_the_archive_alone_carries_the_years(miniature: Path) -> None:
    shutil.rmtree(miniature / "liar")
    corpus = load_corpus(miniature)
    assert list(protocols(corpus)) == ["time"]
    assert "liar" in corpus.missing


@dataclass(frozen=True)
class TrainingRun:
    run: Run
    checkpoints: Path

    @property
    def path(self) -> Path:
        return self.checkpoints / "alone"


@pytest.fixture(scope="module")
def trained_on_liar(liar_alone: Path, tmp_path_factory: pytest.TempPathFactory) -> TrainingRun:
    """One training on LIAR alone."""
    folder = tmp_path_factory.mktemp("trained-on-liar")
    recipe, checkpoints = folder / "recipe.toml", folder / "checkpoints"
    recipe.write_text(LENIENT_RECIPE, encoding="utf-8")
    run = run_command_here(
        *("train", "--version", "alone", "--data-dir", liar_alone, "--config", recipe, "--output", checkpoints),
        *("--runs", folder / "runs", "--promote"),
    )
    return TrainingRun(run, checkpoints)


@pytest.mark.lifecycle
def test_a_detector_of_liar_alone_is_served_and_its_card_says_so(trained_on_liar: TrainingRun) -> None:
    assert trained_on_liar.run.status == 0, trained_on_liar.run.err
    assert current_checkpoint(trained_on_liar.checkpoints) == trained_on_liar.path
    card = read_checkpoint(trained_on_liar.path).model["card"]
    assert set(card["trained_on"]["missing"]) == set(COSTS) - {"liar"}
    assert "Without politifact: " in model_card(card)
    assert card["trained_on"]["years"] == ["2007", "2016"]
    measured = {row["where"] for row in card["measures"] if row["measure"] == "AUC"}
    assert measured == {"LIAR valid", "LIAR test", "LIAR test, detector alone"}
    detector = Detector.load(trained_on_liar.path)
    [verdict] = detector.check("The zoo built nine windmills in spring, by about 12 percent.")
    assert verdict.probability is not None
    assert (card["abstention"]["likely_false_below"], card["abstention"]["likely_true_above"]) == (None, None)


@pytest.mark.lifecycle
def test_a_second_one_goes_through_the_gate(trained_on_liar: TrainingRun, liar_alone: Path, tmp_path: Path) -> None:
    """The same recipe and data again: not worse, but with so few statements only a lenient gate can tell."""
    checkpoints = Path(shutil.copytree(trained_on_liar.checkpoints, tmp_path / "checkpoints"))
    recipe, gate = tmp_path / "recipe.toml", tmp_path / "gate.toml"
    recipe.write_text(LENIENT_RECIPE, encoding="utf-8")
    gate.write_text("[gate]\nmargin = 0.2\nsignificance = 0.01\nfalse_alarm_bound = 0.7\n", encoding="utf-8")
    again = run_command_here(
        *("train", "--version", "again", "--data-dir", liar_alone, "--config", recipe, "--output", checkpoints),
        *("--runs", tmp_path / "runs", "--gate", gate),
    )
    assert again.status == 0, again.err
    assert "Against alone: Passed" in again.out
    assert "It is not in use. `promote again` makes it so." in again.out
    assert current_checkpoint(checkpoints).name == "alone"
    report = json.loads(read_checkpoint(checkpoints / "again").files["retraining.json"])
    assert [one["name"] for one in report["sets"]] == ["LIAR test"]
    assert "never calls anything likely-false" in report["false_alarms"]["says"]
    assert run_command_here("promote", "again", "--checkpoints", checkpoints).status == 0
    assert run_command_here("rollback", "--checkpoints", checkpoints).status == 0
    assert current_checkpoint(checkpoints).name == "alone"


@pytest.mark.lifecycle
@pytest.mark.parametrize(
    "words",
    [
        ("explore", "--html", "{0}/report.html"),
        ("compare", "--families", "naive-bayes", "--scratch", "{0}/fits"),
        ("analyse",),
        ("tune", "--config", "{0}/tune.toml", "--scratch", "{0}/trials", "--output", "{0}/tune.md"),
    ],
    ids=lambda words: words[0],
)
def test_every_command_runs_on_it(
    liar_alone: Path, command_here: Callable[..., Run], tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "tune.toml").write_text("[search]\nfolds = 2\n[families.naive-bayes]\nalpha = [1.0]\n", "utf-8")
    arguments = [word.format(tmp_path) for word in words]
    run = command_here(*arguments, "--data-dir", liar_alone, "--runs", tmp_path / "runs")
    assert run.status == 0, run.err
    assert "Without politifact" in run.out
