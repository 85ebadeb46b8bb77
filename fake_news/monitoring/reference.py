"""The reference of a checkpoint's card: histograms of ordinary text that a server's counts are compared with.

Kolmogorov-Smirnov assumes independent statements. A window of a dozen articles, drawn from the articles of the
reference themselves, would then often count as drifted. So windows of whole texts are drawn, and the index that they
reach is kept.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fake_news.common.arrays import IntArray
from fake_news.monitoring.distances import population_stability_index
from fake_news.monitoring.traits import BINS, Histograms, Trait

logger = logging.getLogger(__name__)

WINDOWS = (1000, 2000, 5000)
"""Sizes of windows, in statements, for which the variation is known."""

RARELY = 0.002
"""How often windows of the same texts exceed the stored index, for each of five traits: together one in a hundred."""

_DRAWS = 2000

Variation = Mapping[int, Mapping[Trait, float]]
"""By window size and trait, the population stability index that windows of the same texts rarely exceed."""


def variation_between(texts: Sequence[Histograms]) -> dict[int, dict[Trait, float]]:
    """Draw windows of whole texts (a cluster bootstrap; Field & Welsh 2007, "Bootstrapping clustered data").

    Parameters
    ----------
    texts : the histograms of each text of the reference, such as an article
    """
    counts = {trait: np.array([text[trait] for text in texts], dtype=np.int64) for trait in Trait}
    statements = counts[Trait.LENGTH].sum() / len(texts)
    random = np.random.default_rng(0)
    found: dict[int, dict[Trait, float]] = {}
    for size in WINDOWS:
        drawn = random.multinomial(max(round(size / statements), 1), np.full(len(texts), 1 / len(texts)), size=_DRAWS)
        found[size] = {trait: _rarely_exceeded(counts[trait], drawn) for trait in Trait}
    return found


def _rarely_exceeded(counts: IntArray, drawn: IntArray) -> float:
    reference = counts.sum(axis=0).tolist()
    indices = [population_stability_index(reference, window) for window in (drawn @ counts).tolist()]
    return round(float(np.quantile(indices, 1.0 - RARELY)), 4)


def usual_index(variation: Variation, trait: Trait, statements: int) -> float:
    """Look up the index that as many unchanged statements rarely exceed, at the next smaller window size."""
    sizes = [size for size in variation if size <= statements] or [min(variation)]
    return variation[max(sizes)][trait]


FIELD = "drift_reference"
"""The key of the reference in the card."""


@dataclass(frozen=True)
class Reference:
    """Histograms of text that the detector was not fitted on.

    Attributes
    ----------
    text : description of the texts
    variation : how far windows of these texts are from all of them
    """

    text: str
    histograms: Histograms
    variation: Variation

    @classmethod
    def of(cls, text: str, texts: Sequence[Histograms]) -> Reference:
        """Make the reference of texts from the histograms of each."""
        together = {trait: [sum(bins) for bins in zip(*(one[trait] for one in texts), strict=True)] for trait in Trait}
        return cls(text, together, variation_between(texts))

    def as_json(self) -> dict[str, Any]:
        """Return the reference as plain values, for the card."""
        return {
            "text": self.text,
            "histograms": {trait.value: list(self.histograms[trait]) for trait in Trait},
            "variation": [
                {"statements": size, **{trait.value: indices[trait] for trait in Trait}}
                for size, indices in self.variation.items()
            ],
        }


def reference_of(card: Mapping[str, Any]) -> Reference | None:
    """Read the reference of a model card; ``None`` where it has none, or one of another version."""
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
