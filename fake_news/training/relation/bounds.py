"""Thresholds from which a question is answered with yes: they bound the share of wrong answers, by Learn-then-Test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import FloatArray
from fake_news.data.project_sentences import Kind
from fake_news.detection.factchecks.relation.model import QUESTIONS
from fake_news.statistics.risk_control import is_share_within, last_proven
from fake_news.training.relation.pair_rows import ORDINARY, PairRows

CONFIDENCE = 0.9
WRONG_SHARE: Mapping[str, float] = {"says": 0.02, "follows": 0.02, "denies": 0.01, "contradicts": 0.01}
"""The share of sentences for which yes is wrong that may get it nevertheless."""
ORDINARY_SHARE = 0.001
WRONG_KINDS: Mapping[str, frozenset[str]] = {
    "says": frozenset([Kind.NEAR, Kind.OPPOSITE, Kind.PART, Kind.REPORT, Kind.LESS, Kind.FRAGMENT, Kind.BACKGROUND]),
    "follows": frozenset([Kind.NEAR, Kind.OPPOSITE, Kind.REPORT, Kind.FRAGMENT, Kind.BACKGROUND]),
    "denies": frozenset([Kind.SAME, Kind.MORE, Kind.NEAR, Kind.PART, Kind.LESS, Kind.ATTRIBUTED, Kind.BACKGROUND]),
    "contradicts": frozenset([Kind.SAME, Kind.MORE, Kind.PART, Kind.LESS, Kind.ATTRIBUTED, Kind.BACKGROUND]),
}
_STEPS = np.round(np.arange(0.995, 0.095, -0.005), 3)
NEVER = 2.0


class Check(NamedTuple):
    """A bound on a question: the rows for which yes is wrong, and the share of their sentences that may get it.

    Attributes
    ----------
    sentences : how many sentences the share is of; ``None`` for those that have such a row
    """

    rows: NDArray[np.bool_]
    share: float
    sentences: int | None = None


def bounds(rows: PairRows, odds: Mapping[str, FloatArray]) -> dict[str, float]:
    """Choose the threshold of each question, bounded by near misses, denials, reports and ordinary text.

    ``NEVER`` where even the highest threshold is wrong too often.

    Parameters
    ----------
    odds : probabilities of every row, out of fold
    """
    kinds, own = np.array(rows.kind), np.array(rows.own)
    return {
        question: lowest_threshold(
            rows,
            odds[question],
            [
                Check(kinds == ORDINARY, ORDINARY_SHARE),
                Check(np.isin(kinds, sorted(WRONG_KINDS[question])) & own, WRONG_SHARE[question]),
            ],
        )
        for question in QUESTIONS
    }


def lowest_threshold(rows: PairRows, odds: FloatArray, checks: Sequence[Check]) -> float:
    """Find the lowest threshold before the first at which more than a share of the sentences may be wrong.

    ``NEVER`` where even the highest is wrong too often.
    """
    highest = [(_highest(odds, rows, check.rows), check) for check in checks]

    def is_proven(threshold: float) -> bool:
        return all(
            is_share_within(check.share, int((odds >= threshold).sum()), check.sentences or len(odds), CONFIDENCE)
            for odds, check in highest
        )

    found = last_proven(_STEPS.tolist(), is_proven)
    return NEVER if found is None else found


def _highest(odds: FloatArray, rows: PairRows, chosen: NDArray[np.bool_]) -> FloatArray:
    """The highest odds among the chosen rows of each sentence that has any."""
    highest = np.full(rows.sentences, -1.0)
    np.maximum.at(highest, np.array(rows.sentence)[chosen], odds[chosen])
    return highest[highest >= 0.0]
