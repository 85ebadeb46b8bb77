"""Distances between histograms: the population stability index, and the Kolmogorov-Smirnov test."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate


def population_stability_index(reference: Sequence[int], observed: Sequence[int]) -> float:
    """Compute the sum over bins of (p - q) ln(p / q): 0 for equal histograms, unbounded, symmetric.

    Half a count is added to every bin of both, as an empty one would make the index infinite.

    Credit scoring calls an index below 0.1 alike and above 0.25 different (Siddiqi 2006, "Credit Risk Scorecards"). Of
    two samples of the same source its mean is about (bins - 1)(1/n + 1/m) (Yurdakul 2018, "Statistical properties of
    population stability index"), which is why few counts say little.

    Parameters
    ----------
    reference, observed : counts of the same bins
    """
    pairs = zip(_shares(reference), _shares(observed), strict=True)
    return sum((before - now) * math.log(before / now) for before, now in pairs)


def _shares(histogram: Sequence[int]) -> list[float]:
    total = sum(histogram) + 0.5 * len(histogram)
    return [(count + 0.5) / total for count in histogram]


_MOST_TERMS = 100
_NEGLIGIBLE = 1e-12


def ks_statistic(reference: Sequence[int], observed: Sequence[int]) -> float:
    """Compute the greatest difference between the cumulative shares of two histograms, from 0 to 1.

    Parameters
    ----------
    reference, observed : counts; neither may be empty
    """
    before, now = (list(accumulate(histogram)) for histogram in (reference, observed))
    return max(abs(left / before[-1] - right / now[-1]) for left, right in zip(before, now, strict=True))


def ks_p_value(statistic: float, reference_count: int, observed_count: int) -> float:
    """Compute the chance that two samples of one source differ by the statistic or more.

    Asymptotic, with the correction of Stephens 1970, "Use of the Kolmogorov-Smirnov, Cramér-von Mises and related
    statistics without extensive tables", as in Press et al., "Numerical Recipes", section 14.3. Binned values differ by
    less than those behind them, so the true chance is smaller still (Noether 1963, "Note on the Kolmogorov statistic in
    the discrete case"): calling a small p-value drift is wrong less often than it says. It assumes independent
    statements; those of one article are not quite independent.

    Parameters
    ----------
    statistic : what :func:`ks_statistic` gives
    reference_count, observed_count : how many values each histogram holds
    """
    root = math.sqrt(_effective(reference_count, observed_count))
    return _kolmogorov_tail((root + 0.12 + 0.11 / root) * statistic)


def ks_critical_value(significance: float, reference_count: int, observed_count: int) -> float:
    """Compute the smallest statistic whose p-value is at most ``significance``, by the tail's first term.

    Parameters
    ----------
    significance : from 0 to 0.2, where the first term is all of the tail that matters
    """
    root = math.sqrt(_effective(reference_count, observed_count))
    return math.sqrt(-0.5 * math.log(significance / 2.0)) / (root + 0.12 + 0.11 / root)


def _effective(reference_count: int, observed_count: int) -> float:
    return reference_count * observed_count / (reference_count + observed_count)


def _kolmogorov_tail(value: float) -> float:
    """P(K > value) of Kolmogorov's distribution: 2 Σ (-1)^(k-1) exp(-2 k² value²)."""
    if value < 0.2:
        return 1.0  # to 1e-12; the series converges too slowly there
    total, sign = 0.0, 1.0
    for k in range(1, _MOST_TERMS):
        term = math.exp(-2.0 * (k * value) ** 2)
        total += sign * term
        sign = -sign
        if term < _NEGLIGIBLE:
            break
    return min(max(2.0 * total, 0.0), 1.0)
