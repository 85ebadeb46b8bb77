"""Exact intervals against SciPy and published tables; tests of a difference against bootstrap and arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest

from fake_news.statistics.measures import auc, paired_difference, value
from fake_news.statistics.resampling import Figure
from fake_news.statistics.significance import (
    clopper_pearson,
    delong_p_value,
    difference_of_shares,
    exact_interval,
    fisher_p_value,
    mcnemar_p_value,
    wilson_interval,
)

RANDOM = np.random.default_rng(11)
TRUE = RANDOM.random(800) < 0.4
SIGNAL = RANDOM.normal(0.8 * TRUE, 1.0)


@pytest.mark.parametrize(("successes", "trials"), [(0, 10), (1, 10), (5, 10), (10, 10), (3, 400), (399, 400)])
@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_clopper_pearson_equals_scipys_exact_interval(successes: int, trials: int, confidence: float) -> None:
    """Two one-sided bounds of confidence c are one two-sided interval of confidence 2c - 1."""
    interval = binomtest(successes, trials).proportion_ci(confidence_level=2 * confidence - 1, method="exact")
    assert clopper_pearson(successes, trials, confidence) == pytest.approx((interval.low, interval.high), abs=1e-9)


def test_clopper_pearson_without_successes_in_closed_form() -> None:
    assert clopper_pearson(0, 100, 0.95) == pytest.approx((0.0, 1 - 0.05 ** (1 / 100)))
    assert clopper_pearson(100, 100, 0.95) == pytest.approx((0.05 ** (1 / 100), 1.0))


def test_the_exact_interval_leaves_as_much_out_on_either_side() -> None:
    interval = binomtest(3, 40).proportion_ci(confidence_level=0.95, method="exact")
    found = exact_interval(3, 40)
    assert (found.value, found.low, found.high) == pytest.approx((3 / 40, interval.low, interval.high), abs=1e-9)


def test_wilson_interval_equals_a_published_table() -> None:
    assert (wilson_interval(10, 20).low, wilson_interval(10, 20).high) == pytest.approx((0.2993, 0.7007), abs=1e-4)
    assert (wilson_interval(0, 5).low, wilson_interval(5, 5).high) == (0.0, 1.0)
    assert wilson_interval(0, 5).high == pytest.approx(0.4345, abs=1e-4)


def test_newcombes_interval_equals_his_published_example() -> None:
    """56 of 70 against 48 of 80, method 10, in Newcombe's table II."""
    found = difference_of_shares(wilson_interval(56, 70), wilson_interval(48, 80))
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)


def test_the_interval_of_no_difference_holds_zero() -> None:
    same = Figure(0.3, 0.2, 0.45)
    found = difference_of_shares(same, same)
    assert found.low < found.value == 0.0 < found.high


def test_fisher_on_the_lady_tasting_tea() -> None:
    """Three of four cups right: p = 34/70 (Fisher 1935)."""
    assert fisher_p_value(3, 4, 1, 4) == pytest.approx(34 / 70)


def test_mcnemar_counts_only_what_one_of_the_two_got_right() -> None:
    ours, theirs = np.array([True] * 6 + [False] * 4), np.array([True] * 2 + [False] * 8)
    assert mcnemar_p_value(ours, theirs) == pytest.approx(2 * 0.5**4)
    assert mcnemar_p_value(ours, ours) == 1.0


def test_delong_of_a_model_against_itself() -> None:
    assert delong_p_value(TRUE, SIGNAL, SIGNAL) == 1.0
    assert delong_p_value(TRUE, SIGNAL, 2 * SIGNAL + 1) == 1.0


def test_delong_of_a_model_against_chance() -> None:
    assert delong_p_value(TRUE, SIGNAL, RANDOM.normal(size=800)) < 1e-6


@pytest.mark.parametrize("noise", [0.3, 0.6])
def test_delong_agrees_with_the_paired_bootstrap(noise: float) -> None:
    other = SIGNAL + RANDOM.normal(0.0, noise, 800)
    difference = paired_difference(auc, TRUE, SIGNAL, other)
    assert difference is not None
    standard_error = (difference.high - difference.low) / (2 * 1.96)
    z = abs(value(auc, TRUE, SIGNAL) - value(auc, TRUE, other)) / standard_error
    assert delong_p_value(TRUE, SIGNAL, other) == pytest.approx(2 * (1 - _normal(z)), rel=0.35, abs=0.01)


def test_delong_calls_equal_models_different_as_often_as_stated() -> None:
    """Of equally good models it should call some 5 % different at p < .05."""
    false_alarms = 0
    for seed in range(200):
        random = np.random.default_rng(seed)
        true = random.random(200) < 0.5
        first, second = (random.normal(0.7 * true, 1.0) for _ in range(2))
        false_alarms += delong_p_value(true, first, second) < 0.05
    assert 2 <= false_alarms <= 20


def _normal(z: float) -> float:
    return 0.5 * (1.0 + float(np.tanh(z * np.sqrt(2 / np.pi) * (1 + 0.044715 * z * z))))
