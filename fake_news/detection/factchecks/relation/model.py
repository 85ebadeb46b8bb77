"""The relation model: four calibrated probabilities of a pair, and the bounds from which they decide.

A statement can *say* a claim (it entails it), *follow* from it (it is entailed), *deny* it, or *contradict* it
without being its denial. DESIGN's table of what a ruling means for a statement needs just these four.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import FloatArray
from fake_news.detection.factchecks.forest import Forest
from fake_news.detection.factchecks.relation.features import FEATURES
from fake_news.detection.factchecks.relation.head import Head

_PLACE = {name: place for place, name in enumerate(FEATURES)}
_DIFFERING = [
    _PLACE[name] for name in "claim_numbers_missing statement_numbers_missing negations_differ directions_clash".split()
]
_ALL, _REPEATED = 0.999, 0.99
_SAME_WORDS_IN_ORDER = 0.985
"""Cosine: the vectors of a claim are rounded to int8; the same words in another order are some hundredths apart."""
_ALL_BUT_ROLES = 0.75
"""Share of a statement's rarity that a claim has, from which swapped roles make them two claims: with other words for
what was done, "is his uncle" and "is her niece" may say the same."""

_APART = 2

QUESTIONS = ("says", "follows", "denies", "contradicts")
"""What is asked of a pair, each with a forest of its own."""
CLOSE_QUESTIONS = ("says", "follows")
"""Those that are asked a second time, of a model that learned from nothing but near misses."""


def is_repeated(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which claims the statement repeats word for word: whatever a model says, that is the same claim."""
    covered = (features[:, _PLACE["claim_covered"]] > _ALL) & (features[:, _PLACE["statement_covered"]] > _ALL)
    is_same = features[:, _PLACE["cosine"]] > _SAME_WORDS_IN_ORDER
    repeated: NDArray[np.bool_] = covered & is_same & (features[:, _DIFFERING] == 0).all(axis=1)
    return repeated


def are_swapped(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which claims say of one what the statement says of another: neither says, denies or follows from the other."""
    swapped: NDArray[np.bool_] = features[:, _PLACE["roles_swapped"]] > 0
    return swapped & (features[:, _PLACE["statement_covered"]] >= _ALL_BUT_ROLES)


def negations_far_apart(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which claims negate twice what the statement does not, or the reverse: one of the two may turn it around."""
    ours, theirs = features[:, _PLACE["statement_negations"]], features[:, _PLACE["claim_negations"]]
    apart: NDArray[np.bool_] = (np.abs(ours - theirs) >= _APART) & (np.minimum(ours, theirs) == 0)
    return apart


@dataclass(frozen=True)
class Calibration:
    """From the log-odds of a question's models to a calibrated probability (Platt 1999).

    Attributes
    ----------
    forest, closeness : what the log-odds of each count; a question without closeness has only the forest's
    """

    forest: float
    closeness: float
    intercept: float

    def __call__(self, forest: FloatArray, closeness: FloatArray | None = None) -> FloatArray:
        """Probabilities, shape (rows,)."""
        logits = self.forest * forest + self.intercept
        if closeness is not None:
            logits = logits + self.closeness * closeness
        probabilities: FloatArray = 1.0 / (1.0 + np.exp(-logits))
        return probabilities


@dataclass(frozen=True)
class Closeness:
    """Tells the claim from its near misses by what the head says alone: a logistic model.

    Forests learn from all that a search brings, of which near misses are a small part; this one learned from nothing
    else, and both count.

    Attributes
    ----------
    weights, intercept : of the features, zero for all but the head's and the cosine
    """

    weights: NDArray[np.float32]
    intercept: float

    def logits(self, features: NDArray[np.float32]) -> FloatArray:
        """Log-odds, shape (rows,)."""
        logits: FloatArray = features.astype(np.float64) @ self.weights.astype(np.float64) + self.intercept
        return logits


@dataclass(frozen=True)
class RelationModel:
    """Tells what holds between a statement and a claim.

    Attributes
    ----------
    head : reads the two vectors
    forests, calibrations : by question
    closeness : by close question
    bounds : the probability from which each question is answered with yes; above 1 where it never is
    related_from : similarity of vectors from which a ruling is shown as related
    """

    head: Head
    forests: Mapping[str, Forest]
    calibrations: Mapping[str, Calibration]
    closeness: Mapping[str, Closeness]
    bounds: Mapping[str, float]
    related_from: float

    def probabilities(self, features: NDArray[np.float32]) -> dict[str, FloatArray]:
        """The probability of each question's yes for rows of features, each of shape (rows,)."""
        odds = {}
        for name in QUESTIONS:
            close = self.closeness[name].logits(features) if name in self.closeness else None
            odds[name] = self.calibrations[name](self.forests[name].logits(features), close)
        repeated, apart = is_repeated(features), negations_far_apart(features)
        for name in CLOSE_QUESTIONS:
            odds[name] = np.where(repeated, _REPEATED, np.where(apart, 0.0, odds[name]))
        return {name: np.where(are_swapped(features), 0.0, chances) for name, chances in odds.items()}

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The forests by name, for a file; the head lies with its encoder."""
        forests = {
            f"{question}.{name}": array
            for question, forest in self.forests.items()
            for name, array in forest.as_arrays().items()
        }
        return forests | {f"close.{question}": one.weights for question, one in self.closeness.items()}

    def settings(self) -> dict[str, Any]:
        """What is not an array, ready for JSON."""
        return {
            "features": list(FEATURES),
            "calibrations": {name: asdict(one) for name, one in self.calibrations.items()},
            "closeness": {name: one.intercept for name, one in self.closeness.items()},
            "bounds": dict(self.bounds),
            "related_from": self.related_from,
        }

    @classmethod
    def read(cls, head: Head, arrays: Mapping[str, NDArray[Any]], settings: Mapping[str, Any]) -> RelationModel:
        """The model that :meth:`as_arrays` and :meth:`settings` gave away.

        Raises
        ------
        KeyError, TypeError, ValueError
            If it reads other features than this version computes, or a part is missing.
        """
        if tuple(settings["features"]) != FEATURES:
            raise ValueError("the relation model reads other features than this version computes")

        def part(prefix: str) -> dict[str, NDArray[Any]]:
            return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}

        return cls(
            head,
            {name: Forest.from_arrays(part(f"{name}.")) for name in QUESTIONS},
            {name: Calibration(**settings["calibrations"][name]) for name in QUESTIONS},
            {name: Closeness(arrays[f"close.{name}"], float(settings["closeness"][name])) for name in CLOSE_QUESTIONS},
            {name: float(settings["bounds"][name]) for name in QUESTIONS},
            float(settings["related_from"]),
        )
