"""Caution: what keeps an answer below its bound, and what speaks against a label, as a stamp is right or absent."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fake_news.detection.verdict import Label

_JUST_BELOW = 0.999
_SPEAKS_AGAINST = 0.5
"""Share of its bound from which a ruling that does not decide speaks against the opposite label."""


def lower_below_bound(
    odds: dict[str, NDArray[np.float64]],
    bounds: Mapping[str, float],
    *questions: str,
    where: NDArray[np.bool_] | bool = True,
) -> None:
    """Lower the odds of some questions to just below their bounds."""
    for question in questions:
        most = _JUST_BELOW * bounds[question]
        odds[question] = np.where(where, np.minimum(odds[question], most), odds[question])


def speaks_against(ruling: Label | None, chances: Mapping[str, float], bounds: Mapping[str, float]) -> Label | None:
    """The label against which a ruling speaks that does not decide.

    A false claim that the statement may well say speaks against *true*, a true one that it may follow from against
    *false*.
    """
    for label, question, against in ((Label.FALSE, "says", Label.TRUE), (Label.TRUE, "follows", Label.FALSE)):
        if ruling is label and chances[question] >= _SPEAKS_AGAINST * bounds[question]:
            return against
    return None
