"""What a checkpoint's card says of how ordinary text looked to it: what a server's counts are compared with."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fake_news.monitoring.traits import BINS, Histograms, Trait

logger = logging.getLogger(__name__)

FIELD = "drift_reference"
"""Where the card holds it."""


@dataclass(frozen=True)
class Reference:
    """Histograms of text that the detector was not fitted on.

    Attributes
    ----------
    text : what was read, in words
    """

    text: str
    histograms: Histograms

    def as_json(self) -> dict[str, Any]:
        """What the card holds."""
        return {"text": self.text, "histograms": {trait.value: list(self.histograms[trait]) for trait in Trait}}


def reference_of(card: Mapping[str, Any]) -> Reference | None:
    """The reference of a checkpoint's card; ``None`` where it has none, or something else."""
    written = card.get(FIELD)
    if written is None:
        return None
    try:
        histograms = {trait: written["histograms"][trait] for trait in Trait}
        if not all(_are_counts(histograms[trait], BINS[trait]) for trait in Trait):
            raise ValueError
        return Reference(str(written["text"]), histograms)
    except (KeyError, TypeError, ValueError):
        logger.warning("The model card's %s is not one of this version: drift cannot be told.", FIELD)
        return None


def _are_counts(histogram: Any, bins: int) -> bool:
    return (
        isinstance(histogram, list)
        and len(histogram) == bins
        and all(type(count) is int and count >= 0 for count in histogram)
        and sum(histogram) > 0
    )
