"""What chance alone makes of the calibration error."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.evaluation.calibration import perfect_error
from fake_news.evaluation.scored_statements import ScoredStatements


def scored(n: int) -> ScoredStatements:
    generator = np.random.default_rng(3)
    probability = generator.uniform(0.05, 0.95, n)
    true = generator.random(n) < probability
    return ScoredStatements("here", [], true, probability, np.zeros(n))


def test_perfect_probabilities_err_by_chance_and_less_the_more_rows_there_are() -> None:
    few, many = perfect_error(scored(1_000), 0.5), perfect_error(scored(100_000), 0.5)
    assert 0.02 < few < 0.06
    assert many < 0.25 * few


def test_another_base_rate_weighs_few_rows_much() -> None:
    assert perfect_error(scored(1_000), 0.02) == pytest.approx(perfect_error(scored(1_000), 0.02))
    assert 0.0 < perfect_error(scored(1_000), 0.02) < perfect_error(scored(1_000), 0.5)
