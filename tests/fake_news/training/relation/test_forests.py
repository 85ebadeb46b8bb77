"""The forests of the relation model: exported they compute what scikit-learn computes, and rivals do not decide."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.detection.checkpoint import npz_bytes
from fake_news.detection.factchecks.forest import Forest
from fake_news.detection.factchecks.relation.features import FEATURES
from fake_news.detection.factchecks.relation.model import QUESTIONS
from fake_news.training.relation.bounds import NEVER, Check, bounds, lowest_threshold
from fake_news.training.relation.forests import calibrate, export_trees, fit_forest, without_ranking
from fake_news.training.relation.pair_rows import ORDINARY, UNKNOWN, PairRows

pytestmark = pytest.mark.slow


def invented(rows: int) -> PairRows:
    random = np.random.default_rng(0)
    found = PairRows()
    drawn = random.normal(size=(rows, len(FEATURES))).astype(np.float32)
    found.features.append(drawn)
    for number, row in enumerate(drawn):
        says = int(row[2] + 0.3 * random.normal() > 0.2)
        found.answers.append((says, UNKNOWN, 0, 0))
        found.weight.append(1.0)
        found.group.append(f"ruling {number % 20}")
        found.kind.append("same" if says else "near")
        found.own.append(True)
        found.sentence.append(number)
    found.sentences = rows
    return found


def test_same_log_odds_as_scikit_learn() -> None:
    rows = invented(800)
    trees = fit_forest(rows, "says")
    forest = export_trees(trees)
    fresh = np.random.default_rng(1).normal(size=(200, len(FEATURES))).astype(np.float32)
    np.testing.assert_allclose(forest.logits(fresh), trees.decision_function(fresh), atol=1e-9)
    assert np.ptp(forest.logits(fresh)) > 1.0
    restored = Forest.from_arrays(forest.as_arrays())
    np.testing.assert_array_equal(restored.logits(fresh), forest.logits(fresh))
    assert npz_bytes(**forest.as_arrays()) == npz_bytes(**export_trees(fit_forest(rows, "says")).as_arrays())


def test_rivals_do_not_decide() -> None:
    forest = export_trees(fit_forest(invented(800), "says"))
    fresh = np.random.default_rng(1).normal(size=(50, len(FEATURES))).astype(np.float32)
    np.testing.assert_array_equal(forest.logits(without_ranking(fresh)), forest.logits(fresh))


def rows_with(wrong: int, of: int) -> tuple[PairRows, dict[str, np.ndarray]]:
    """Near misses, of which so many are taken for the claim with .9, and ordinary text, which never is."""
    rows = PairRows()
    odds = []
    for number in range(2 * of):
        is_near = number < of
        rows.kind.append("near" if is_near else ORDINARY)
        rows.own.append(is_near)
        rows.sentence.append(number)
        odds.append(0.9 if number < wrong else 0.1)
    rows.sentences = 2 * of
    return rows, dict.fromkeys(QUESTIONS, np.array(odds))


def bound(wrong: int, of: int) -> float:
    rows, odds = rows_with(wrong, of)
    return bounds(rows, odds)["says"]


def test_a_bound_lies_above_what_would_be_wrong_too_often() -> None:
    assert bound(wrong=60, of=3000) > 0.9, "exactly two in a hundred: not proven to be fewer"
    assert bound(wrong=30, of=3000) < 0.9


def test_ordinary_text_bounds_too() -> None:
    rows, odds = rows_with(wrong=0, of=3000)
    odds["says"][3000:3030] = 0.9
    assert bounds(rows, odds)["says"] > 0.9


def test_forest_and_closeness_both_count() -> None:
    rows = invented(800)
    rows.kind[:200] = [ORDINARY] * 200
    forest, close = rows.arrays()[0][:, 2].astype(np.float64), np.random.default_rng(3).normal(size=800)
    calibration = calibrate(rows, "says", forest, close)
    assert calibration.forest > 1.0 > abs(calibration.closeness)
    assert calibration(forest, close)[np.argmax(forest)] > 0.9


def test_too_few_sentences_prove_nothing() -> None:
    assert bound(wrong=0, of=20) == NEVER


def test_sentences_without_a_pair_count_where_the_share_is_of_all() -> None:
    rows, odds = rows_with(wrong=0, of=20)
    near = np.array(rows.kind) == "near"
    assert lowest_threshold(rows, odds["says"], [Check(near, 0.001)]) == NEVER
    assert lowest_threshold(rows, odds["says"], [Check(near, 0.001, sentences=3000)]) < 0.9
