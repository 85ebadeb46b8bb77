"""References of tests: texts whose sentences resemble each other, as those of real articles do."""

from __future__ import annotations

import numpy as np

from fake_news.monitoring.reference import Reference
from fake_news.monitoring.traits import BINS, Trait

SENTENCES = 25
CONCENTRATION = 40.0
"""How alike the texts are: their shares are drawn from a Dirichlet distribution; lower is more different."""


def shares() -> dict[Trait, np.ndarray]:
    """What texts have in common, the rarer ends included."""
    made = {}
    for trait, bins in BINS.items():
        weights = np.linspace(1.0, 3.0, bins) if bins > 2 else np.array([0.6, 0.4] if trait is Trait.CLAIM else [97, 3])
        made[trait] = weights / weights.sum()
    return made


def texts(count: int, seed: int) -> list[dict[Trait, list[int]]]:
    """The histograms of invented texts."""
    random = np.random.default_rng(seed)
    return [
        {
            trait: random.multinomial(SENTENCES, random.dirichlet(CONCENTRATION * common)).tolist()
            for trait, common in shares().items()
        }
        for _ in range(count)
    ]


def together(some: list[dict[Trait, list[int]]]) -> dict[Trait, list[int]]:
    """The histograms of some texts as one window."""
    return {trait: np.sum([text[trait] for text in some], axis=0).tolist() for trait in Trait}


def reference() -> Reference:
    """The reference of 240 invented texts."""
    return Reference.of("240 invented texts", texts(240, seed=0))
