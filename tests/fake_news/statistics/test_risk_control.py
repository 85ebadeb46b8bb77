"""The stated bounds hold as often as promised, and are not kept by saying nothing."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.statistics.risk_control import (
    error_upper_bound,
    false_alarm_threshold,
    is_share_within,
    last_proven,
    risk_controlled_threshold,
)
from fake_news.statistics.significance import clopper_pearson

REPETITIONS = 300


def test_what_comes_after_the_first_failure_is_not_looked_at() -> None:
    tested: list[int] = []

    def is_proven(candidate: int) -> bool:
        tested.append(candidate)
        return candidate != 3

    assert last_proven([1, 2, 3, 4], is_proven) == 2
    assert tested == [1, 2, 3]
    assert last_proven([3, 4], is_proven) is None
    assert last_proven([1, 2], is_proven) == 2


def test_without_trials_no_share_is_proven() -> None:
    assert not is_share_within(1.0, 0, 0, confidence=0.9)
    assert is_share_within(0.01, 0, 300, confidence=0.9)
    assert not is_share_within(0.01, 0, 100, confidence=0.9)


def test_error_bound_by_hand() -> None:
    high, low = clopper_pearson(5, 100, 0.95)[1], clopper_pearson(40, 100, 0.95)[0]
    assert error_upper_bound(5, 100, 40, 100, confidence=0.9) == pytest.approx(high / (high + low))
    assert error_upper_bound(5, 100, 40, 100, confidence=0.9) > 5 / 45


@pytest.mark.parametrize("counts", [(0, 0, 40, 100), (5, 100, 0, 0), (0, 0, 0, 0)])
def test_a_class_without_statements_proves_nothing(counts: tuple[int, int, int, int]) -> None:
    assert error_upper_bound(*counts, confidence=0.9) == 1.0


# A population in which the error is known: scores of the wrong class have the distribution function t^1.5, those of
# the right class 1 - (1 - t)^1.5. Seen by these, P(wrong | score ≤ t) at an even base rate is error_at(t).
GRID = np.linspace(1e-6, 1.0, 200_001)
WRONG_BELOW, RIGHT_BELOW = GRID**1.5, 1.0 - (1.0 - GRID) ** 1.5


def error_at(threshold: float) -> float:
    wrong, right = np.interp(threshold, GRID, WRONG_BELOW), np.interp(threshold, GRID, RIGHT_BELOW)
    return float(wrong / (wrong + right))


def sample(random: np.random.Generator, statements: int) -> tuple[np.ndarray, np.ndarray]:
    wrong = np.arange(statements) < statements // 2
    quantiles = random.random(statements)
    return np.where(wrong, quantiles ** (1 / 1.5), 1.0 - (1.0 - quantiles) ** (1 / 1.5)), wrong


def test_the_error_bound_holds_as_often_as_promised() -> None:
    """The bound lies a hair below the true error of a candidate: whoever only looks at shares errs in half the runs."""
    quarter_flagged = float(np.interp(0.25, (WRONG_BELOW + RIGHT_BELOW) / 2, GRID))
    bound = error_at(quarter_flagged) - 0.002
    random = np.random.default_rng(0)
    thresholds = [
        risk_controlled_threshold(*sample(random, 6000), error_bound=bound, confidence=0.9) for _ in range(REPETITIONS)
    ]
    spoken = [threshold for threshold in thresholds if threshold is not None]
    errors = [error_at(threshold) for threshold in spoken]
    assert sum(error > bound for error in errors) <= 0.1 * REPETITIONS
    assert len(spoken) > 0.9 * REPETITIONS
    assert np.median(errors) > bound - 0.06


def test_random_labels_allow_no_threshold() -> None:
    random = np.random.default_rng(0)
    scores, wrong = random.random(5000), random.random(5000) < 0.5
    assert risk_controlled_threshold(scores, wrong, error_bound=0.25, confidence=0.9) is None


def test_too_few_statements_prove_nothing() -> None:
    scores, wrong = sample(np.random.default_rng(0), 40)
    assert risk_controlled_threshold(scores, wrong, error_bound=0.25, confidence=0.9) is None


def test_clear_cases_get_a_threshold() -> None:
    scores = np.concatenate([np.linspace(0.0, 0.4, 500), np.linspace(0.6, 1.0, 500)])
    threshold = risk_controlled_threshold(scores, scores > 0.5, error_bound=0.05, confidence=0.9)
    assert threshold == pytest.approx(0.5, abs=0.11)


def test_the_false_alarm_bound_holds_as_often_as_promised() -> None:
    """Scores of ordinary sentences are uniform: the share at or below a threshold is the threshold."""
    bound, confidence = 0.01, 0.9
    random = np.random.default_rng(0)
    thresholds = [false_alarm_threshold(random.random(2000), bound, confidence) for _ in range(REPETITIONS)]
    assert all(threshold is not None for threshold in thresholds)
    shares = np.array(thresholds, dtype=float)
    assert (shares > bound).mean() <= 1 - confidence
    assert np.median(shares) > bound / 2


def test_too_few_ordinary_sentences_prove_nothing() -> None:
    assert false_alarm_threshold(np.linspace(0, 1, 100), 0.01, 0.9) is None
    assert false_alarm_threshold(np.zeros(0), 0.01, 0.9) is None


def test_no_more_sentences_than_proven_lie_at_or_below_the_threshold() -> None:
    scores = np.array([0.1] * 5 + [0.2] * 995)
    threshold = false_alarm_threshold(scores, 0.005, 0.9)
    assert threshold is not None
    assert threshold < 0.1  # the five alarms at 0.1 are a tie: all of them or none
    assert false_alarm_threshold(scores, 0.02, 0.9) == np.nextafter(0.2, 0)
