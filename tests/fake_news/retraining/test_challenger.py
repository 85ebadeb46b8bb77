"""Training a challenger: what it may learn from, and that one taught falsehoods does not pass."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fake_news.data.ordinary_text import load_pages
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.retraining.challenger import (
    Contest,
    compare_with_champion,
    frozen_statements,
    train_challenger,
    with_new_rows,
)
from fake_news.retraining.gate import Gate
from fake_news.retraining.new_rows import read_new_data
from fake_news.retraining.validation import check_rows
from fake_news.training.abstention import SILENT
from fake_news.training.checkpoint_draft import detector_in_memory
from fake_news.training.detector_models import fit_models
from fake_news.training.duplicates import near_duplicates
from fake_news.training.recipe import read_recipe
from fake_news.training.train import data_fingerprints, punkt_parameters
from fake_news.training.training_sets import TEST_START, Corpus, Protocol, texts
from tests.fake_news.conftest import TrainedDetector
from tests.fake_news.retraining.conftest import new_file

pytestmark = pytest.mark.lifecycle


def test_a_challenger_taught_falsehoods_does_not_pass(
    trained: TrainedDetector, corpus: Corpus, miniature_data: Path, tmp_path: Path
) -> None:
    recipe = read_recipe(trained.recipe)
    rows = read_new_data(new_file(tmp_path / "flipped.csv", flipped=True, count=900))
    checked = check_rows(rows, corpus.archive, frozen_statements(corpus))
    champion = read_checkpoint(trained.path)
    gate = Gate(margin=0.2, significance=0.01, false_alarm_bound=0.7)
    contest = Contest(champion, corpus, load_pages(miniature_data), data_fingerprints(miniature_data), gate)
    draft = train_challenger(contest, checked, recipe, "taught-wrong")
    challenge = compare_with_champion(contest, checked, recipe, draft)
    assert not challenge.passed
    assert any("is worse" in one.says for one in challenge.comparisons)


def test_no_frozen_statement_is_in_what_is_learned(corpus: Corpus, tmp_path: Path) -> None:
    """Whatever the new rows hold: LIAR's test statements without their apostrophes, and the last years' rephrased."""
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


def test_a_detector_gives_a_whole_statement_what_training_gave_it(
    trained: TrainedDetector, corpus: Corpus, protocol: Protocol
) -> None:
    models = fit_models(corpus, protocol, read_recipe(trained.recipe))
    detector = detector_in_memory(models, SILENT, punkt_parameters(corpus))
    served = [detector.probability(statement.text) for statement in protocol.test]
    assert served == pytest.approx(models.probabilities(texts(protocol.test)).tolist(), abs=1e-9)
