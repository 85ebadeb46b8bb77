"""Significance: exact intervals of shares, and tests of a difference between two models."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import beta, binomtest, fisher_exact, rankdata

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.statistics.resampling import Figure

_UPPER_TAIL = 0.975
_Z = 1.959964  # standard normal, 97.5 %


def clopper_pearson(successes: int, trials: int, confidence: float) -> tuple[float, float]:
    """One-sided lower and upper bounds of a binomial share, each with the given confidence (Clopper & Pearson 1934)."""
    risk = 1.0 - confidence
    lower = 0.0 if successes == 0 else float(beta.ppf(risk, successes, trials - successes + 1))
    upper = 1.0 if successes == trials else float(beta.ppf(1.0 - risk, successes + 1, trials - successes))
    return lower, upper


def exact_interval(successes: int, trials: int) -> Figure:
    """A share with its 95 % interval (Clopper & Pearson 1934), which never covers less than it promises."""
    return Figure(successes / trials, *clopper_pearson(successes, trials, _UPPER_TAIL))


def wilson_interval(successes: int, trials: int) -> Figure:
    """A share with its 95 % interval (Wilson 1927), which stays within 0 and 1 for few trials too."""
    share, spread = successes / trials, _Z**2 / trials
    middle = (share + spread / 2) / (1 + spread)
    half = float(np.sqrt(share * (1 - share) * spread + spread**2 / 4)) / (1 + spread)
    return Figure(share, max(middle - half, 0.0), min(middle + half, 1.0))


def difference_of_shares(share: Figure, other: Figure) -> Figure:
    """How much higher one share is than another, independent one, with a 95 % interval.

    Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10, which puts the
    intervals of both shares together.
    """
    difference = share.value - other.value
    below = math.hypot(share.value - share.low, other.high - other.value)
    above = math.hypot(share.high - share.value, other.value - other.low)
    return Figure(difference, difference - below, difference + above)


def fisher_p_value(successes: int, trials: int, other_successes: int, other_trials: int) -> float:
    """Two-sided exact p-value of "both shares are equal" on independent rows (Fisher 1935)."""
    table = [[successes, trials - successes], [other_successes, other_trials - other_successes]]
    return float(fisher_exact(table).pvalue)


def mcnemar_p_value(ours_right: BoolArray, theirs_right: BoolArray) -> float:
    """Two-sided exact p-value of "both are right equally often" on paired rows.

    McNemar 1947, "Note on the sampling error of the difference between correlated proportions": only rows on which
    the two differ count, and under the hypothesis each is as likely to favour one as the other.
    """
    ours, theirs = int((ours_right & ~theirs_right).sum()), int((~ours_right & theirs_right).sum())
    return float(binomtest(ours, ours + theirs).pvalue) if ours + theirs else 1.0


def delong_p_value(truths: BoolArray, scores: FloatArray, others: FloatArray) -> float:
    """Two-sided p-value of "both AUCs are equal" on paired rows.

    DeLong, DeLong & Clarke-Pearson 1988, "Comparing the areas under two or more correlated receiver operating
    characteristic curves", with the midranks of Sun & Xu 2014, "Fast implementation of DeLong's algorithm".
    """
    parts = [_structural_components(truths, part) for part in (scores, others)]
    difference = parts[0][0] - parts[1][0]
    of_positives, of_negatives = (np.cov(np.vstack([part[column] for part in parts])) for column in (1, 2))
    covariance = of_positives / truths.sum() + of_negatives / (~truths).sum()
    variance = float(covariance[0, 0] + covariance[1, 1] - 2.0 * covariance[0, 1])
    if variance <= 0.0:
        return 1.0 if difference == 0.0 else 0.0
    return math.erfc(abs(difference) / math.sqrt(2.0 * variance))


def _structural_components(truths: BoolArray, scores: FloatArray) -> tuple[float, FloatArray, FloatArray]:
    """AUC; for each positive row the share of negatives below it; for each negative, of positives above it."""
    positives, negatives = scores[truths], scores[~truths]
    ranks = rankdata(np.concatenate([positives, negatives]))
    of_positives = (ranks[: len(positives)] - rankdata(positives)) / len(negatives)
    of_negatives = 1.0 - (ranks[len(positives) :] - rankdata(negatives)) / len(positives)
    return float(of_positives.mean()), of_positives, of_negatives
