"""How far windows of alike texts differ: sentences of one article resemble each other, so they are not independent.

Kolmogorov-Smirnov takes statements to be independent. A window of a dozen articles, drawn from the very articles of the
reference, would then often count as drifted. So windows of whole texts are drawn, and what index they reach is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from fake_news.common.arrays import IntArray
from fake_news.monitoring.population_stability import population_stability_index
from fake_news.monitoring.traits import Histograms, Trait

WINDOWS = (1000, 2000, 5000)
"""Sizes of windows, in statements, for which the variation is known."""

RARELY = 0.002
"""How often alike windows lie further apart than what is kept, for each of five traits: together one in a hundred."""

_DRAWS = 2000

Variation = Mapping[int, Mapping[Trait, float]]
"""By window size and trait, the population stability index that alike windows rarely exceed."""


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


def index_of_alike(variation: Variation, trait: Trait, statements: int) -> float:
    """The index that as many alike statements rarely exceed, as is known of the next smaller size of windows."""
    sizes = [size for size in variation if size <= statements] or [min(variation)]
    return variation[max(sizes)][trait]
