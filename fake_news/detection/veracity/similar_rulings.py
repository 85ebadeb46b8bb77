"""Similar rulings: how likely a statement is false, from what was ruled on the claims nearest to it.

No one of them decides: each is on a claim that says something else, or more. Together they may tell, and they are
shown with what they tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.detection.factchecks.relation.features import FEATURES as PAIR_FEATURES
from fake_news.detection.factchecks.relation.features import OUTCOMES
from fake_news.factchecks.forest import Forest
from fake_news.verdict import Label

Floats = NDArray[np.float64]

SECTION = "similar_rulings"
"""The part of a checkpoint's settings on rulings that is about this model."""
FEWEST_SUPPORTING = 2
MOST_SUPPORTING = 4
_SUPPORTS_FROM = 0.5
"""Likeness from which a ruling can support a verdict …"""
_OPPOSED_FROM = 0.3
"""… unless the statement is its claim's opposite with this probability."""
_NEAR, _WIDTH = 0.6, 0.05
"""A claim counts by a smooth step at this likeness."""
_NEAREST = 5
_OF_RULING = ("says", "opposes", "contradicts", "related", "most_says", "most_opposes", "nearest", "weight")
FEATURES = (
    *(f"{label}_{name}" for label in (Label.FALSE.value, Label.TRUE.value) for name in _OF_RULING),
    "nearest",
    "near_mean",
    "opposes_share",
    "reported_share",
    "says_share",
    "terms",
    "negations",
    "debunk",
    "distance",
)
_HEAD = [PAIR_FEATURES.index(f"head_{outcome}") for outcome in OUTCOMES]
_OF_STATEMENT = [PAIR_FEATURES.index(f"statement_{name}") for name in ("terms", "negations", "debunk", "distance")]
_SAME, _MORE, _LESS, _OPPOSITE, _CONTRARY, _RELATED, _REPORTED = range(len(OUTCOMES))


@dataclass(frozen=True)
class SimilarRulings:
    """Reads the rulings near a statement.

    Attributes
    ----------
    forest : log-odds of being false, from :data:`FEATURES`
    bound : the probability of being false from which a statement is called likely false; above 1 where it never is
    """

    forest: Forest
    bound: float

    def probability(self, features: Floats) -> float:
        """The probability that a statement with these features is false."""
        return float(self.probabilities(features[None, :])[0])

    def probabilities(self, features: Floats) -> Floats:
        """The same for rows of features, shape (rows,)."""
        found: Floats = 1.0 / (1.0 + np.exp(-self.forest.logits(features.astype(np.float32))))
        return found

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The forest, for a file."""
        return self.forest.as_arrays()

    def settings(self) -> dict[str, Any]:
        """What is not an array, ready for JSON."""
        return {"features": list(FEATURES), "bound": self.bound}

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[Any]], settings: Mapping[str, Any]) -> SimilarRulings:
        """The model that :meth:`as_arrays` and :meth:`settings` gave away.

        Raises
        ------
        KeyError, TypeError, ValueError
            If it reads other features than this version computes.
        """
        if tuple(settings["features"]) != FEATURES:
            raise ValueError("the model of similar rulings reads other features than this version computes")
        return cls(Forest.from_arrays(arrays), float(settings["bound"]))


def similarity_features(
    pairs: NDArray[np.float32], cosine: NDArray[np.float32], labels: Sequence[Label | None]
) -> Floats:
    """What is read of the rulings near a statement, shape (len(FEATURES),).

    Parameters
    ----------
    pairs : (claims, pair features) of the statement with each claim
    cosine : (claims,)
    labels : what was ruled on each claim
    """
    odds = np.exp(np.minimum(pairs[:, _HEAD].astype(np.float64), 0.0))
    says, opposes, contradicts = odds[:, _SAME] + odds[:, _MORE], odds[:, _OPPOSITE], odds[:, _CONTRARY]
    related = odds[:, _LESS] + odds[:, _RELATED]
    weight = 1.0 / (1.0 + np.exp((_NEAR - cosine.astype(np.float64)) / _WIDTH))
    found: list[float] = []
    for label in (Label.FALSE, Label.TRUE):
        has = np.array([one is label for one in labels], dtype=bool)
        counted = np.where(has, weight, 0.0)
        found += [float(counted @ value) for value in (says, opposes, contradicts, related)]
        found += [_most(value, has) for value in (says, opposes, cosine)]
        found.append(float(counted.sum()))
    total = float(weight.sum()) + 0.1
    near = np.sort(cosine)[::-1][:_NEAREST]
    found += [float(near[0]), float(near.mean())] if len(near) else [0.0, 0.0]
    found += [float(weight @ value) / total for value in (opposes, odds[:, _REPORTED], says)]
    found += pairs[0, _OF_STATEMENT].tolist() if len(pairs) else [0.0] * len(_OF_STATEMENT)
    return np.array(found)


def supporting(pairs: NDArray[np.float32], cosine: NDArray[np.float32], labels: Sequence[Label | None]) -> list[int]:
    """The places of the rulings that support "likely false", the nearest first; empty where they are too few."""
    opposed = np.exp(np.minimum(pairs[:, _HEAD[_OPPOSITE]], 0.0)) >= _OPPOSED_FROM
    support = [
        place
        for place in np.argsort(-cosine, kind="stable").tolist()
        if labels[place] is Label.FALSE and cosine[place] >= _SUPPORTS_FROM and not opposed[place]
    ][:MOST_SUPPORTING]
    return support if len(support) >= FEWEST_SUPPORTING else []


def _most(values: NDArray[Any], chosen: NDArray[np.bool_]) -> float:
    return float(values[chosen].max()) if chosen.any() else 0.0
