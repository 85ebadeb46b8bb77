"""Whether what is checked still looks like what the checkpoint was measured with.

The population stability index compares two histograms; below 0.1 they count as alike, above 0.25 as different.
https://en.wikipedia.org/wiki/Population_Stability_Index
"""

from __future__ import annotations

import math
from collections.abc import Sequence

FEWEST_STATEMENTS = 500
"""With fewer, chance alone makes two histograms of 20 bins look different."""

_ALIKE, _DIFFERENT = 0.1, 0.25


def population_stability_index(reference: Sequence[float], observed: Sequence[float]) -> float:
    """How far two histograms with the same bins differ: 0 for alike, without an upper end.

    Half a count is added to every bin, as an empty one would make the index infinite.
    """
    return sum(
        (there - here) * math.log(there / here)
        for there, here in zip(_shares(reference), _shares(observed), strict=True)
    )


def advice(index: float) -> str:
    """What an index means for the person who reads the verdicts."""
    if index < _ALIKE:
        return "What is checked here looks like what the model was measured on: its published error rates apply."
    if index < _DIFFERENT:
        return "What is checked here differs somewhat from what the model was measured on: take its verdicts with care."
    return (
        "What is checked here differs much from what the model was measured on: its published error rates may not "
        "hold. Look for a newer model, or rely on fact-checks alone."
    )


def _shares(histogram: Sequence[float]) -> list[float]:
    total = sum(histogram) + 0.5 * len(histogram)
    return [(count + 0.5) / total for count in histogram]
