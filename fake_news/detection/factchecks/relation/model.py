"""The relation model: four calibrated probabilities of a pair, and the bounds from which they decide.

A statement can *say* a claim (it entails it), *follow* from it (it is entailed), *deny* it, or *contradict* it
without being its denial. The table of what a ruling means for a statement needs just these four (``meaning.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import FloatArray
from fake_news.detection.factchecks.forest import Forest, forest_arrays, read_forests
from fake_news.detection.factchecks.relation.features import FEATURES
from fake_news.detection.factchecks.relation.head import Head

_PLACE = {name: place for place, name in enumerate(FEATURES)}
_DIFFERING = [
    _PLACE[name] for name in "claim_numbers_missing statement_numbers_missing negations_differ directions_clash".split()
]
_ALL, _REPEATED = 0.999, 0.99
_SAME_WORDS_IN_ORDER = 0.985
"""Cosine: vectors of claims are rounded to int8; those of the same words in another order differ by some hundredths."""
_ALL_BUT_ROLES = 0.75
"""Share of a statement's rarity that a claim covers, from which swapped roles make them different claims: with
different verbs, such as "is his uncle" and "is her niece", they may say the same."""

_APART = 2

QUESTIONS = ("says", "follows", "denies", "contradicts")
"""The questions about a pair, each with its own forest."""
CLOSE_QUESTIONS = ("says", "follows")
"""Those with a second model, which learned from near misses only."""


def is_repeated(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Find which claims the statement repeats word for word: these are the same, whatever a model says."""
    covered = (features[:, _PLACE["claim_covered"]] > _ALL) & (features[:, _PLACE["statement_covered"]] > _ALL)
    is_same = features[:, _PLACE["cosine"]] > _SAME_WORDS_IN_ORDER
    repeated: NDArray[np.bool_] = covered & is_same & (features[:, _DIFFERING] == 0).all(axis=1)
    return repeated


def are_swapped(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Find which claims have the statement's roles swapped, so that neither says, denies or follows from the other."""
    swapped: NDArray[np.bool_] = features[:, _PLACE["roles_swapped"]] > 0
    return swapped & (features[:, _PLACE["statement_covered"]] >= _ALL_BUT_ROLES)


def negations_far_apart(features: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Find which claims have two negations more or less than the statement, of which one side has none."""
    ours, theirs = features[:, _PLACE["statement_negations"]], features[:, _PLACE["claim_negations"]]
    apart: NDArray[np.bool_] = (np.abs(ours - theirs) >= _APART) & (np.minimum(ours, theirs) == 0)
    return apart


@dataclass(frozen=True)
class Calibration:
    """Turns the log-odds of a question's models into a calibrated probability (Platt 1999).

    Attributes
    ----------
    forest, closeness : weights of their log-odds; a question without closeness has only the forest's
    """

    forest: float
    closeness: float
    intercept: float

    def __call__(self, forest: FloatArray, closeness: FloatArray | None = None) -> FloatArray:
        """Compute probabilities, shape (rows,)."""
        logits = self.forest * forest + self.intercept
        if closeness is not None:
            logits = logits + self.closeness * closeness
        probabilities: FloatArray = 1.0 / (1.0 + np.exp(-logits))
        return probabilities


@dataclass(frozen=True)
class Closeness:
    """Distinguishes the claim from near misses by the head's outcomes alone: a logistic model.

    Forests learn from everything that a search finds, of which near misses are a small part; this model learned from
    near misses only, and both count.

    Attributes
    ----------
    weights, intercept : for the features; zero for all except the head's and the cosine
    """

    weights: NDArray[np.float32]
    intercept: float

    def logits(self, features: NDArray[np.float32]) -> FloatArray:
        """Compute log-odds, shape (rows,)."""
        logits: FloatArray = features.astype(np.float64) @ self.weights.astype(np.float64) + self.intercept
        return logits


@dataclass(frozen=True)
class RelationModel:
    """Decides the relation of a statement to a claim.

    Attributes
    ----------
    head : reads the two vectors
    forests, calibrations : by question
    closeness : by close question
    bounds : the probability from which each question is answered with yes; above 1 if it never is
    related_from : cosine of the vectors from which a ruling is shown as related
    """

    head: Head
    forests: Mapping[str, Forest]
    calibrations: Mapping[str, Calibration]
    closeness: Mapping[str, Closeness]
    bounds: Mapping[str, float]
    related_from: float

    def probabilities(self, features: NDArray[np.float32]) -> dict[str, FloatArray]:
        """Compute the probability of yes to each question for rows of features, each of shape (rows,)."""
        odds = {}
        for name in QUESTIONS:
            close = self.closeness[name].logits(features) if name in self.closeness else None
            odds[name] = self.calibrations[name](self.forests[name].logits(features), close)
        repeated, apart = is_repeated(features), negations_far_apart(features)
        for name in CLOSE_QUESTIONS:
            odds[name] = np.where(repeated, _REPEATED, np.where(apart, 0.0, odds[name]))
        return {name: np.where(are_swapped(features), 0.0, chances) for name, chances in odds.items()}

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the forests by name, for a file; the head is stored with the encoder."""
        return forest_arrays(self.forests) | {
            f"close.{question}": one.weights for question, one in self.closeness.items()
        }

    def settings(self) -> dict[str, Any]:
        """Return what is not an array, ready for JSON."""
        return {
            "features": list(FEATURES),
            "calibrations": {name: asdict(one) for name, one in self.calibrations.items()},
            "closeness": {name: one.intercept for name, one in self.closeness.items()},
            "bounds": dict(self.bounds),
            "related_from": self.related_from,
        }

    @classmethod
    def read(cls, head: Head, arrays: Mapping[str, NDArray[Any]], settings: Mapping[str, Any]) -> RelationModel:
        """Read the model that :meth:`as_arrays` and :meth:`settings` wrote.

        Raises
        ------
        KeyError, TypeError, ValueError
            If it reads other features than this version computes, or a part is missing.
        """
        if tuple(settings["features"]) != FEATURES:
            raise ValueError("the relation model reads other features than this version computes")
        return cls(
            head,
            read_forests(arrays, QUESTIONS),
            {name: Calibration(**settings["calibrations"][name]) for name in QUESTIONS},
            {name: Closeness(arrays[f"close.{name}"], float(settings["closeness"][name])) for name in CLOSE_QUESTIONS},
            {name: float(settings["bounds"][name]) for name in QUESTIONS},
            float(settings["related_from"]),
        )
