"""DeLong's test against the paired bootstrap and against what it must say of equal and of unrelated scores."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.statistics.measures import auc, paired_difference, value
from fake_news.statistics.significance import delong_p_value

RANDOM = np.random.default_rng(11)
TRUE = RANDOM.random(800) < 0.4
SIGNAL = RANDOM.normal(0.8 * TRUE, 1.0)


def test_a_model_against_itself() -> None:
    assert delong_p_value(TRUE, SIGNAL, SIGNAL) == 1.0
    assert delong_p_value(TRUE, SIGNAL, 2 * SIGNAL + 1) == 1.0


def test_against_chance() -> None:
    assert delong_p_value(TRUE, SIGNAL, RANDOM.normal(size=800)) < 1e-6


@pytest.mark.parametrize("noise", [0.3, 0.6])
def test_agrees_with_the_paired_bootstrap(noise: float) -> None:
    other = SIGNAL + RANDOM.normal(0.0, noise, 800)
    difference = paired_difference(auc, TRUE, SIGNAL, other)
    assert difference is not None
    standard_error = (difference.high - difference.low) / (2 * 1.96)
    z = abs(value(auc, TRUE, SIGNAL) - value(auc, TRUE, other)) / standard_error
    assert delong_p_value(TRUE, SIGNAL, other) == pytest.approx(2 * (1 - _normal(z)), rel=0.35, abs=0.01)


def test_how_often_it_cries_wolf() -> None:
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
