"""How often would thresholds cry wolf, and how often miss one? Windows drawn at random, from the reference or not.

Drift is simulated as readers meet it: a share of what is read comes from another kind of text, whose statements lie in
the third of a trait's bins at that end where ordinary text has fewer (for a rate: they all have, or all lack it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.monitoring.drift import State, Thresholds, compare
from fake_news.monitoring.reference import Reference
from fake_news.monitoring.traits import Trait


@dataclass(frozen=True)
class Alarms:
    """How many of some simulated windows were called drifted.

    Attributes
    ----------
    trait : the one that was moved; ``None`` where the windows come from the reference
    share : of the statements, how many came from the other kind of text
    statements : in a window
    """

    trait: Trait | None
    share: float
    statements: int
    windows: int
    alarms: int

    @property
    def rate(self) -> float:
        """Share of the windows that were called drifted."""
        return self.alarms / self.windows


def simulate(
    reference: Reference, thresholds: Thresholds, statements: int, share: float, trait: Trait | None, windows: int
) -> Alarms:
    """Draw windows and count alarms; the same arguments give the same answer.

    Parameters
    ----------
    share : how much of a window comes from the other kind of text; ignored without ``trait``
    """
    alarms = sum(
        compare(reference, window, thresholds).state is State.DRIFTED
        for window in _windows(reference, statements, share, trait, windows)
    )
    return Alarms(trait, share if trait else 0.0, statements, windows, alarms)


def _windows(
    reference: Reference, statements: int, share: float, moved: Trait | None, windows: int
) -> Iterator[dict[Trait, Sequence[int]]]:
    random = np.random.default_rng(0)
    read = max(sum(histogram) for histogram in reference.histograms.values())
    shares, counts = {}, {}
    for trait, histogram in reference.histograms.items():
        counts[trait] = round(statements * sum(histogram) / read)  # not every statement has every trait
        ordinary = np.array(histogram, dtype=np.float64) / sum(histogram)
        shares[trait] = (1.0 - share) * ordinary + share * _unusual(ordinary) if trait is moved else ordinary
    drawn = {trait: random.multinomial(counts[trait], shares[trait], size=windows) for trait in Trait}
    for number in range(windows):
        yield {trait: drawn[trait][number].tolist() for trait in Trait}


def _unusual(ordinary: FloatArray) -> FloatArray:
    third = max(len(ordinary) // 3, 1)
    unusual = np.zeros(len(ordinary))
    unusual[slice(None, third) if ordinary[:third].sum() < ordinary[-third:].sum() else slice(-third, None)] = 1.0
    unusual /= unusual.sum()
    return unusual
