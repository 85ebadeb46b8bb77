"""Thresholds with a bound on the error, chosen on statements that the model has not seen.

Learn-then-Test (Angelopoulos, Bates, Candès, Jordan & Lei 2021, arXiv:2110.01052) by fixed-sequence testing: the
candidate thresholds and their order are fixed before any label is looked at; for each the hypothesis "the error lies
above the bound" is tested, and the last one is chosen before the first for which that cannot be rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import takewhile
from typing import TypeVar

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.statistics.significance import clopper_pearson

Candidate = TypeVar("Candidate")

FLAGGED_SHARES = (0.10, 0.14, 0.19, 0.25, 0.32, 0.40, 0.50)
"""The candidate thresholds flag these shares of the calibration statements; fewer statements would prove nothing."""


def proven(candidates: Iterable[Candidate], is_proven: Callable[[Candidate], bool]) -> list[Candidate]:
    """Find the candidates before the first whose bound is not proven.

    Parameters
    ----------
    candidates : from the strictest to the most generous
    """
    return list(takewhile(is_proven, candidates))


def last_proven(candidates: Iterable[Candidate], is_proven: Callable[[Candidate], bool]) -> Candidate | None:
    """Choose the most generous of the candidates that are :func:`proven`; ``None`` where none is."""
    found = proven(candidates, is_proven)
    return found[-1] if found else None


def is_share_within(bound: float, successes: int, trials: int, confidence: float) -> bool:
    """Whether a binomial share lies within a bound, with the given confidence; never shown without trials."""
    return trials > 0 and clopper_pearson(successes, trials, confidence)[1] <= bound


def error_upper_bound(flagged_wrong: int, wrong: int, flagged_right: int, right: int, confidence: float) -> float:
    """Upper bound of P(wrong | flagged) at an even base rate.

    Nobody knows the share of falsehoods in what a reader reads, hence the even base rate: the error then follows from
    the two class-conditional rates, each of which is bounded by Clopper and Pearson at half of the test's risk.

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
    """Choose the largest score up to which labels may be given; ``None`` where the bound is proven for no score.

    Parameters
    ----------
    scores : (n,) lower means more certain; infinite where no label may be given in any case
    wrong : (n,) whether the label would be wrong
    error_bound, confidence : P(wrong | score ≤ threshold) ≤ error_bound, at an even base rate, with this confidence
    """

    def is_proven(threshold: float) -> bool:
        flagged = scores <= threshold
        flagged_wrong, flagged_right = int((flagged & wrong).sum()), int((flagged & ~wrong).sum())
        bound = error_upper_bound(flagged_wrong, int(wrong.sum()), flagged_right, int((~wrong).sum()), confidence)
        return bound <= error_bound

    return last_proven(_scores_by_share(scores), is_proven)


def false_alarm_threshold(scores: FloatArray, bound: float, confidence: float) -> float | None:
    """Choose the largest score such that at most ``bound`` of ordinary sentences lie at or below it.

    Parameters
    ----------
    scores : (n,) of ordinary sentences
    bound, confidence : the share that may lie there, with this confidence
    """
    ordered = np.sort(scores)
    flagged = last_proven(
        range(len(ordered) + 1), lambda count: is_share_within(bound, count, len(ordered), confidence)
    )
    if flagged is None:
        return None
    return float(np.nextafter(ordered[flagged], -np.inf)) if flagged < len(ordered) else float("inf")


def _scores_by_share(scores: FloatArray) -> Iterator[float]:
    """The scores up to which each of ``FLAGGED_SHARES`` lies; where fewer may be labelled, all of these."""
    ordered, finite = np.sort(scores), int(np.isfinite(scores).sum())
    if finite:
        for share in FLAGGED_SHARES:
            yield float(ordered[min(max(round(share * len(ordered)), 1), finite) - 1])
