"""The two statistics, against the textbook and against SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ks_2samp

from fake_news.monitoring.distances import ks_critical_value, ks_p_value, ks_statistic, population_stability_index


def test_psi_is_the_textbook_s() -> None:
    assert population_stability_index([5, 5], [10**9, 10**9]) == pytest.approx(0)
    # (0.5 - 0.2) ln(0.5 / 0.2) + (0.5 - 0.8) ln(0.5 / 0.8)
    assert population_stability_index([10**9, 10**9], [2 * 10**9, 8 * 10**9]) == pytest.approx(0.41588, abs=1e-5)


def test_an_empty_bin_makes_psi_large_and_not_infinite() -> None:
    assert 5 < population_stability_index([1000, 0], [0, 1000]) < 20


def test_psi_of_two_samples_of_one_source_is_as_large_as_is_known() -> None:
    random = np.random.default_rng(0)
    pairs = [random.multinomial(size, np.full(20, 0.05), size=400).tolist() for size in (1000, 4000)]
    mean = np.mean([population_stability_index(left, right) for left, right in zip(*pairs, strict=True)])
    assert mean == pytest.approx(19 * (1 / 1000 + 1 / 4000), rel=0.1)


@pytest.mark.parametrize("shift", [0.0, 0.1, 0.3])
def test_ks_is_scipy_s(shift: float) -> None:
    random = np.random.default_rng(1)
    samples = [random.normal(size=800), random.normal(shift, size=1200)]
    edges = np.sort(np.concatenate(samples))  # every value in a bin of its own: nothing is lost to binning
    histograms = [np.bincount(np.searchsorted(edges, sample), minlength=2000).tolist() for sample in samples]
    statistic = ks_statistic(*histograms)
    expected = ks_2samp(*samples, method="asymp")
    assert statistic == pytest.approx(expected.statistic, abs=1e-12)
    assert ks_p_value(statistic, 800, 1200) == pytest.approx(expected.pvalue, rel=0.05)


@pytest.mark.parametrize("significance", [0.2, 0.01, 0.002])
def test_the_critical_value_is_where_the_p_value_is_the_significance(significance: float) -> None:
    assert ks_p_value(ks_critical_value(significance, 6000, 900), 6000, 900) == pytest.approx(significance, rel=0.01)


def test_ends_of_ks() -> None:
    assert (ks_statistic([3, 0], [0, 9]), ks_statistic([1, 1], [50, 50])) == (1.0, 0.0)
    assert (ks_p_value(0.0, 10, 10), ks_p_value(1.0, 500, 500)) == (1.0, pytest.approx(0.0, abs=1e-12))
