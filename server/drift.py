"""Whether what is checked still looks like what the checkpoint was measured with.

The population stability index compares two histograms; below 0.1 they count as alike, above 0.25 as different.
https://en.wikipedia.org/wiki/Population_Stability_Index
"""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping, Sequence
from typing import Any

from server.storage.records import SCORE_BINS

logger = logging.getLogger(__name__)

FEWEST_STATEMENTS = 500
"""With fewer, chance alone makes two histograms of 20 bins look different."""

_ALIKE, _DIFFERENT = 0.1, 0.25
_REFERENCE = "reference_scores"


def reference_scores(card: Mapping[str, Any]) -> list[float] | None:
    """How the scores lay when the checkpoint was measured.

    Parameters
    ----------
    card : mapping
        The checkpoint's card; ``reference_scores`` holds the share of statements in each of the equal bins of P(true).

    Returns
    -------
    list of float, or None
        As many shares as there are bins, which sum to 1; None where the card has none, or something else.
    """
    shares = card.get(_REFERENCE)
    if shares is None:
        return None
    if not _are_shares(shares):
        logger.warning(
            "The model card's %s are not %d shares that sum to 1: drift cannot be told.", _REFERENCE, SCORE_BINS
        )
        return None
    return [float(share) for share in shares]


def population_stability_index(reference: Sequence[float], observed: Sequence[int]) -> float:
    """How far two histograms with the same bins differ: 0 for alike, without an upper end.

    Parameters
    ----------
    reference : sequence of float
        Shares that sum to 1.
    observed : sequence of int
        Counts.

    Half a count is added to every bin of both, as an empty one would make the index infinite: to the reference as if it
    had as many counts as were observed.
    """
    total = sum(observed)
    there = _shares([total * share for share in reference])
    here = _shares(observed)
    return sum((before - now) * math.log(before / now) for before, now in zip(there, here, strict=True))


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


def _are_shares(shares: Any) -> bool:
    return (
        isinstance(shares, list)
        and len(shares) == SCORE_BINS
        and all(isinstance(share, int | float) and share >= 0 for share in shares)
        and math.isclose(sum(shares), 1.0, abs_tol=0.01)  # they may have been rounded
    )
