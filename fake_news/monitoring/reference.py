"""The reference of a checkpoint's card: histograms of ordinary text that a server's counts are compared with."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fake_news.monitoring.traits import BINS, Histograms, Trait
from fake_news.monitoring.variation import Variation, variation_between

logger = logging.getLogger(__name__)

FIELD = "drift_reference"
"""Where the card holds it."""


@dataclass(frozen=True)
class Reference:
    """Histograms of text that the detector was not fitted on.

    Attributes
    ----------
    text : what was read, in words
    variation : how far windows of these very texts lie apart from all of them
    """

    text: str
    histograms: Histograms
    variation: Variation

    @classmethod
    def of(cls, text: str, texts: Sequence[Histograms]) -> Reference:
        """The reference of some texts, given by the histograms of each."""
        together = {trait: [sum(bins) for bins in zip(*(one[trait] for one in texts), strict=True)] for trait in Trait}
        return cls(text, together, variation_between(texts))

    def as_json(self) -> dict[str, Any]:
        """What the card holds."""
        return {
            "text": self.text,
            "histograms": {trait.value: list(self.histograms[trait]) for trait in Trait},
            "variation": [
                {"statements": size, **{trait.value: indices[trait] for trait in Trait}}
                for size, indices in self.variation.items()
            ],
        }


def reference_of(card: Mapping[str, Any]) -> Reference | None:
    """The reference of a checkpoint's card; ``None`` where it has none, or something else."""
    written = card.get(FIELD)
    if written is None:
        return None
    try:
        histograms = {trait: written["histograms"][trait] for trait in Trait}
        if not all(_are_counts(histograms[trait], BINS[trait]) for trait in Trait):
            raise ValueError
        variation = {
            int(one["statements"]): {trait: float(one[trait]) for trait in Trait} for one in written["variation"]
        }
        if not variation:
            raise ValueError
        return Reference(str(written["text"]), histograms, variation)
    except (KeyError, TypeError, ValueError):
        logger.warning("The model card's %s is of another version: drift cannot be computed.", FIELD)
        return None


def _are_counts(histogram: Any, bins: int) -> bool:
    return (
        isinstance(histogram, list)
        and len(histogram) == bins
        and all(type(count) is int and count >= 0 for count in histogram)
        and sum(histogram) > 0
    )
