"""Tests of a difference between two models on the same statements: DeLong's of AUCs, McNemar's of decisions."""

from __future__ import annotations

import math

import numpy as np
from scipy.stats import binomtest, rankdata

from fake_news.common.arrays import BoolArray, FloatArray


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


def mcnemar_p_value(ours_right: BoolArray, theirs_right: BoolArray) -> float:
    """Two-sided exact p-value of "both are right equally often" on paired rows.

    McNemar 1947, "Note on the sampling error of the difference between correlated proportions": only rows on which
    the two differ tell, and under the hypothesis each is as likely to favour one as the other.
    """
    ours, theirs = int((ours_right & ~theirs_right).sum()), int((~ours_right & theirs_right).sum())
    return float(binomtest(ours, ours + theirs).pvalue) if ours + theirs else 1.0
