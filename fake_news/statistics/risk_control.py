"""Where may the detector speak? Thresholds with a bound on the error, from statements that it has not seen.

Learn-then-Test (Angelopoulos, Bates, Candès, Jordan & Lei 2021, arXiv:2110.01052) by fixed-sequence testing: the
candidate thresholds and their order are named before any label is looked at; each is tested for "the error lies above
the bound", and the last one is taken before the first for which that cannot be refuted. The error is
that at an even base rate, because nobody knows the share of falsehoods in what a reader reads: it follows from the
two class-conditional rates, each bounded by Clopper & Pearson (1934) at half of the test's risk.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import beta

from fake_news.common.arrays import BoolArray, FloatArray

FLAGGED_SHARES = (0.10, 0.14, 0.19, 0.25, 0.32, 0.40, 0.50)
"""The candidate thresholds: those that flag these shares of the calibration statements; fewer prove nothing."""


def clopper_pearson(successes: int, trials: int, confidence: float) -> tuple[float, float]:
    """One-sided lower and upper bounds of a binomial share, each with the given confidence."""
    risk = 1.0 - confidence
    lower = 0.0 if successes == 0 else float(beta.ppf(risk, successes, trials - successes + 1))
    upper = 1.0 if successes == trials else float(beta.ppf(1.0 - risk, successes + 1, trials - successes))
    return lower, upper


def error_upper_bound(flagged_wrong: int, wrong: int, flagged_right: int, right: int, confidence: float) -> float:
    """Upper bound of P(wrong | flagged) at an even base rate.

    Parameters
    ----------
    flagged_wrong, wrong : flagged and all statements of the class for which the label would be wrong
    flagged_right, right : the same for the class for which it would be right
    """
    if wrong == 0 or right == 0:
        return 1.0
    each = 1.0 - (1.0 - confidence) / 2.0
    highest_wrong = clopper_pearson(flagged_wrong, wrong, each)[1]
    lowest_right = clopper_pearson(flagged_right, right, each)[0]
    return highest_wrong / (highest_wrong + lowest_right)


def risk_controlled_threshold(
    scores: FloatArray, wrong: BoolArray, error_bound: float, confidence: float
) -> float | None:
    """Largest score up to which labels may be given; ``None`` where the bound is proven for no score.

    Parameters
    ----------
    scores : (n,) lower means more certain; infinite where no label may be given in any case
    wrong : (n,) whether the label would be wrong
    error_bound, confidence : P(wrong | score ≤ threshold) ≤ error_bound, at an even base rate, with this confidence
    """
    threshold = None
    ordered = np.sort(scores)
    may_be_labelled = int(np.isfinite(scores).sum())
    for share in FLAGGED_SHARES:
        if len(ordered) == 0 or may_be_labelled == 0:
            break
        # Where fewer may be labelled at all, the last candidate is all of them.
        candidate = ordered[min(max(round(share * len(ordered)), 1), may_be_labelled) - 1]
        flagged = scores <= candidate
        flagged_wrong, flagged_right = int((flagged & wrong).sum()), int((flagged & ~wrong).sum())
        bound = error_upper_bound(flagged_wrong, int(wrong.sum()), flagged_right, int((~wrong).sum()), confidence)
        if bound > error_bound:
            break
        threshold = float(candidate)
    return threshold


def false_alarm_threshold(scores: FloatArray, bound: float, confidence: float) -> float | None:
    """Largest score such that at most ``bound`` of ordinary sentences lie at or below it, with ``confidence``."""
    ordered = np.sort(scores)
    threshold = None
    for flagged in range(len(ordered) + 1):
        if clopper_pearson(flagged, len(ordered), confidence)[1] > bound:
            break
        threshold = float(np.nextafter(ordered[flagged], -np.inf)) if flagged < len(ordered) else float("inf")
    return threshold
