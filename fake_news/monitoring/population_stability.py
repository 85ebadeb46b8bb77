"""The population stability index: how far two histograms lie apart, whatever the number of counts."""

from __future__ import annotations

import math
from collections.abc import Sequence


def population_stability_index(reference: Sequence[int], observed: Sequence[int]) -> float:
    """The sum over bins of (p - q) ln(p / q): 0 for alike, without an upper end; symmetric.

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
