"""Reasons: which words moved a verdict, exactly and readably.

The model is linear, so every word has an additive part in the log-odds; neighbouring words that pull the same way
are merged into one reason, and what hardly matters is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from fake_news.common.arrays import FloatArray
from fake_news.detection.text.tokens import Token
from fake_news.detection.verdict import Reason

_LEAST_SHARE = 0.04
_MOST_REASONS = 6


def merged_reasons(tokens: Sequence[Token], weights: FloatArray) -> tuple[Reason, ...]:
    """The strongest reasons, in the order of the text.

    Parameters
    ----------
    tokens : tokens of the statement
    weights : (len(tokens),) contribution of each token in log-odds towards true
    """
    total = float(abs(weights).sum())
    if total == 0.0:
        return ()
    runs = [
        Reason(run[0][0].start, run[-1][0].end, round(sum(float(weight) for _, weight in run), 4))
        for _, group in groupby(zip(tokens, weights, strict=True), key=lambda pair: _side(float(pair[1]), total))
        if (run := list(group))[0][1] and _side(float(run[0][1]), total)
    ]
    strongest = sorted(runs, key=lambda reason: -abs(reason.weight))[:_MOST_REASONS]
    return tuple(sorted(strongest, key=lambda reason: reason.start))


def _side(weight: float, total: float) -> int:
    if abs(weight) < _LEAST_SHARE * total:
        return 0
    return 1 if weight > 0 else -1
