"""Intervals: as wide as theory says, wider for rows that hang together, and the same every time."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.statistics.measures import calibration_error, share
from fake_news.statistics.resampling import RESAMPLES, band, estimate, resample_weights

CHOSEN = np.arange(1000) % 4 == 0


def test_interval_of_a_share_is_the_binomial_one() -> None:
    figure = estimate(share(CHOSEN), len(CHOSEN))
    assert figure is not None
    assert figure.value == 0.25
    half_width = 1.96 * np.sqrt(0.25 * 0.75 / 1000)
    assert figure.low == pytest.approx(0.25 - half_width, abs=0.004)
    assert figure.high == pytest.approx(0.25 + half_width, abs=0.004)
    assert figure == estimate(share(CHOSEN), len(CHOSEN))


def test_every_resample_has_as_many_rows() -> None:
    weights = np.concatenate(list(resample_weights(50)))
    assert weights.shape == (RESAMPLES, 50)
    assert (weights.sum(axis=1) == 50).all()
    assert abs(np.corrcoef(weights.T)[np.triu_indices(50, 1)]).max() < 0.2


def test_clusters_are_drawn_together() -> None:
    clusters = [f"page {row // 100}" for row in range(1000)]
    for weights in resample_weights(1000, clusters):
        by_page = weights.reshape(len(weights), 10, 100)
        assert (by_page == by_page[:, :, :1]).all()
    whole_pages = np.arange(1000) < 250
    by_row, by_cluster = (estimate(share(whole_pages), 1000, c) for c in (None, clusters))
    assert by_row is not None
    assert by_cluster is not None
    assert by_cluster.high - by_cluster.low > 3 * (by_row.high - by_row.low)


def test_another_seed_is_another_sample() -> None:
    first, second = (next(resample_weights(50, seed=seed)) for seed in (0, 1))
    assert (first != second).any()


def test_the_interval_holds_the_value_even_where_resamples_are_worse() -> None:
    random = np.random.default_rng(9)  # a sample that is calibrated better by chance than nearly all its resamples
    probability = random.uniform(0.05, 0.95, 500)
    truths = random.random(500) < probability
    figure = estimate(calibration_error(truths, probability), 500)
    assert figure is not None
    assert 0.0 <= figure.low < figure.value < figure.high


def test_undefined_everywhere_is_no_figure() -> None:
    assert estimate(share(CHOSEN, np.zeros(1000, dtype=bool)), 1000) is None


def test_bands_keep_the_shape() -> None:
    values, low, high = band(lambda weights: np.stack([weights.mean(axis=1)] * 3, axis=1), 20)
    assert values.shape == low.shape == high.shape == (3,)
    assert (low <= values).all()
    assert (values <= high).all()
