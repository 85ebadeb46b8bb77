"""The measures: weighted by rows, equal to the field's definitions, and to a sample in which rows stand repeatedly."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score, brier_score_loss, f1_score, roc_auc_score

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.statistics.measures import (
    accuracy,
    auc,
    average_precision,
    bootstrap,
    brier_score,
    calibration_error,
    error_at_even_base_rate,
    f1,
    majority_accuracy,
    paired_difference,
    share,
    shifted_to,
    value,
    weights_for,
)
from fake_news.statistics.resampling import Statistic

RANDOM = np.random.default_rng(7)
TRUE: BoolArray = RANDOM.random(400) < 0.4
SCORES: FloatArray = np.clip(RANDOM.normal(0.4 + 0.2 * TRUE, 0.2), 0.01, 0.99).round(2)  # rounded: many ties


@pytest.mark.parametrize(
    ("measure", "reference"),
    [
        (auc, roc_auc_score),
        (average_precision, average_precision_score),
        (brier_score, brier_score_loss),
        (lambda t, s: f1(t, s >= 0.5), lambda t, s, sample_weight: f1_score(t, s >= 0.5, sample_weight=sample_weight)),
    ],
)
def test_measures_equal_scikit_learns(
    measure: Callable[[BoolArray, FloatArray], Statistic], reference: Callable[..., float]
) -> None:
    weights = RANDOM.integers(0, 4, (3, len(TRUE))).astype(float)
    expected = [reference(TRUE, SCORES, sample_weight=row) for row in weights]
    assert measure(TRUE, SCORES)(weights) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("measure", [auc, average_precision, accuracy, brier_score])
def test_a_weight_of_two_is_the_row_twice(measure: Callable[[BoolArray, FloatArray], Statistic]) -> None:
    weights = RANDOM.integers(0, 3, len(TRUE))
    repeated = np.repeat(np.arange(len(TRUE)), weights)
    assert measure(TRUE, SCORES)(weights[None].astype(float))[0] == pytest.approx(
        value(measure, TRUE[repeated], SCORES[repeated])
    )


def test_auc_of_one_class_is_undefined() -> None:
    assert bootstrap(auc, np.array([True, True, True]), np.array([0.1, 0.5, 0.9])) is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=2, max_size=30))
def test_auc_counts_pairs(rows: list[tuple[bool, float]]) -> None:
    truths, scores = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    higher, lower = scores[truths], scores[~truths]
    pairs = [float(a > b) + 0.5 * float(a == b) for a in higher for b in lower]
    found = value(auc, truths, scores)
    assert found == pytest.approx(np.mean(pairs)) if pairs else np.isnan(found)


def test_calibration_error_of_certain_predictions_that_are_half_wrong() -> None:
    truths = np.arange(300) % 2 == 0
    assert value(calibration_error, truths, np.full(300, 0.9)) == pytest.approx(0.4, abs=0.03)
    assert value(calibration_error, truths, np.full(300, 0.5)) < 0.03


def test_probabilities_and_rows_moved_to_another_base_rate_stay_calibrated() -> None:
    random = np.random.default_rng(1)
    probability = random.uniform(0.02, 0.98, 60_000)
    truths = random.random(60_000) < probability
    rows = np.ones((1, len(truths)))
    importance = weights_for(truths, 0.17)
    assert np.average(truths, weights=importance) == pytest.approx(0.17)
    moved = calibration_error(truths, shifted_to(probability, 0.17, calibrated_to=truths.mean()), importance)
    unmoved = calibration_error(truths, probability, importance)
    assert moved(rows)[0] < 0.015
    assert unmoved(rows)[0] > 0.15


@settings(deadline=None)
@given(st.floats(0.01, 0.99), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_shifting_there_and_back(probability: float, here: float, there: float) -> None:
    shifted = shifted_to(np.array([probability]), there, here)
    assert shifted_to(shifted, here, there)[0] == pytest.approx(probability)


def test_error_at_an_even_base_rate_ignores_how_many_there_are() -> None:
    wrong = np.array([True] * 10 + [False] * 90)
    flagged = np.array([True] * 2 + [False] * 8 + [True] * 54 + [False] * 36)
    error = error_at_even_base_rate(flagged, wrong)(np.ones((1, 100)))[0]
    assert error == pytest.approx(0.2 / (0.2 + 0.6))


def test_share_among_none_is_undefined() -> None:
    nobody = np.zeros(4, dtype=bool)
    assert np.isnan(share(~nobody, nobody)(np.ones((1, 4)))[0])


def test_paired_difference_knows_that_the_rows_are_the_same() -> None:
    better = SCORES + 0.04 * TRUE
    difference, alone = paired_difference(auc, TRUE, better, SCORES), bootstrap(auc, TRUE, better)
    assert difference is not None
    assert alone is not None
    assert 0.0 < difference.low < difference.value < difference.high
    assert difference.high - difference.low < 0.5 * (alone.high - alone.low)
    nothing = paired_difference(auc, TRUE, SCORES, SCORES)
    assert nothing is not None
    assert (nothing.low, nothing.value, nothing.high) == (0.0, 0.0, 0.0)


def truths(signs: str) -> BoolArray:
    return np.array([sign == "+" for sign in signs])


@pytest.mark.parametrize(
    ("signs", "scores", "expected"),
    [
        ("--++", [0.1, 0.2, 0.3, 0.4], 1.0),
        ("++--", [0.1, 0.2, 0.3, 0.4], 0.0),
        ("-+-+", [0.1, 0.2, 0.3, 0.4], 0.75),  # 3 of 4 pairs in order
        ("-+-+", [0.5, 0.5, 0.5, 0.5], 0.5),
        ("-++", [0.3, 0.3, 0.9], 0.75),  # a tie counts half
    ],
)
def test_auc_by_hand(signs: str, scores: list[float], expected: float) -> None:
    assert value(auc, truths(signs), np.array(scores)) == expected


def test_accuracy_decides_at_one_half() -> None:
    assert value(accuracy, truths("++--"), np.array([0.5, 0.4, 0.4999, 0.9])) == 0.5
    assert majority_accuracy(truths("+--")) == pytest.approx(2 / 3)
    assert majority_accuracy(truths("++-")) == pytest.approx(2 / 3)


def test_calibration_error_of_bins_of_equal_mass() -> None:
    """30 statements make 15 bins of two: (.1, .1) holds one truth in half of the bins, (.8, .8) two in the others."""
    probabilities = np.array([0.1] * 14 + [0.8] * 16)
    true = truths("-+" * 7 + "++" * 8)
    assert value(calibration_error, true, probabilities) == pytest.approx((14 * 0.4 + 16 * 0.2) / 30)


def test_calibration_error_of_fewer_statements_than_bins() -> None:
    assert value(calibration_error, truths("+-"), np.array([0.9, 0.3])) == pytest.approx((0.1 + 0.3) / 2)
    assert value(calibration_error, truths("+-+"), np.array([1.0, 0.0, 1.0])) == 0.0


def test_calibration_error_of_honest_probabilities_is_small() -> None:
    random = np.random.default_rng(0)
    probabilities = random.random(20_000)
    true = random.random(20_000) < probabilities
    assert value(calibration_error, true, probabilities) < 0.02
    assert value(calibration_error, true, probabilities**2) > 0.1


@pytest.mark.parametrize(
    ("probability", "base_rate", "expected"),
    [(0.5, 0.2, 0.2), (0.8, 0.2, 0.5), (0.2, 0.8, 0.5), (0.3, 0.5, 0.3), (0.0, 0.1, 0.0)],
)
def test_shifted_to_another_base_rate(probability: float, base_rate: float, expected: float) -> None:
    assert shifted_to(np.array([probability]), base_rate)[0] == pytest.approx(expected)


def test_a_shift_can_be_taken_back() -> None:
    probabilities = np.array([0.1, 0.5, 0.9])
    there = shifted_to(probabilities, 0.2)
    np.testing.assert_allclose(shifted_to(there, 0.5, calibrated_to=0.2), probabilities)


def test_resamples_without_both_classes_do_not_count() -> None:
    figure = bootstrap(auc, truths("+---"), np.array([0.3, 0.1, 0.2, 0.4]))
    assert figure is not None
    assert figure.value == pytest.approx(2 / 3)
    assert figure.low <= figure.value <= figure.high
