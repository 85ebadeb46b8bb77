"""Log-odds become probabilities that mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold

from fake_news.detection.claims.check_worthiness import sigmoid
from fake_news.training.calibration import calibrated, cross_calibrated, expit, fit_platt_scaling


def test_calibration_finds_the_straight_line() -> None:
    random = np.random.default_rng(0)
    logits = random.normal(size=40_000)
    true = random.random(40_000) < expit(1.5 * logits)
    scaling = fit_platt_scaling(logits, true)
    assert scaling.slope == pytest.approx(1.5, abs=0.05)
    assert scaling.intercept == pytest.approx(0.0, abs=0.05)
    assert scaling.base_rate == 0.5


def test_calibration_is_to_an_even_base_rate_whatever_the_rows() -> None:
    random = np.random.default_rng(0)
    logits = random.normal(size=80_000)
    true = random.random(80_000) < expit(1.5 * logits)
    kept = ~true | (random.random(80_000) < 0.1)
    assert true[kept].mean() < 0.15
    scaling = fit_platt_scaling(logits[kept], true[kept])
    assert scaling.slope == pytest.approx(1.5, abs=0.1)
    assert scaling.intercept == pytest.approx(0.0, abs=0.1)


def test_expit_is_safe_at_both_ends() -> None:
    np.testing.assert_allclose(
        expit(np.array([-1e4, 0.0, 2.0, 1e4])), [0.0, 0.5, sigmoid(2.0), 1.0], rtol=0, atol=1e-15
    )


def test_each_statement_is_calibrated_on_the_other_folds() -> None:
    random = np.random.default_rng(0)
    logits = random.normal(size=60)
    true = random.random(60) < expit(logits)
    found = cross_calibrated(logits, true, 4)
    for rest, held_out in StratifiedKFold(4, shuffle=True, random_state=0).split(logits, true):
        expected = calibrated(logits[held_out], fit_platt_scaling(logits[rest], true[rest]))
        np.testing.assert_array_equal(found[held_out], expected)
    assert not np.allclose(found, calibrated(logits, fit_platt_scaling(logits, true)), atol=1e-4)
