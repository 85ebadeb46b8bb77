"""The pair model: the probability that a statement and a claim say the same, and what contradicts it outright."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks.forest import Forest
from fake_news.factchecks.pair_features import FEATURES

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

_PLACE = {name: i for i, name in enumerate(FEATURES)}
_CONTRADICTIONS = ("numbers_clash", "negations_differ", "directions_clash", "names_clash")


@dataclass(frozen=True)
class PairModel:
    """Decides what a fact-check is to a statement.

    Parameters
    ----------
    forest : log-odds of the two being the same claim
    slope, intercept : calibrated log-odds = slope · log-odds + intercept (Platt 1999)
    same_claim_from : least probability of ``same-claim``, chosen so that ordinary sentences hardly get any
    related_from : least probability of ``related``
    fewest_terms : a statement that shares fewer terms with a claim says too little to be recognised
    least_bm25_share : candidates that share less with the statement are not looked at
    """

    forest: Forest
    slope: float
    intercept: float
    same_claim_from: float
    related_from: float
    fewest_terms: int
    least_bm25_share: float

    def probabilities(self, features: NDArray[np.float32]) -> Floats:
        """P(same claim) of pairs, from features of shape (pairs, features)."""
        logits = self.slope * self.forest.logits(features) + self.intercept
        probabilities: Floats = 1.0 / (1.0 + np.exp(-logits))
        return probabilities

    def barred(self, features: NDArray[np.float32]) -> Booleans:
        """Which pairs are related at most, however alike.

        They differ in a number, a negation, a direction or a name, or share too little: "We have Dodd-Frank".
        """
        contradicted = np.any(features[:, [_PLACE[name] for name in _CONTRADICTIONS]] > 0, axis=1)
        found: Booleans = contradicted | (features[:, _PLACE["shared_terms"]] < self.fewest_terms)
        return found
