"""The model of pairs of a statement and a core claim: whether one says the other, or follows from it.

In short sentences one word decides. The cross-encoder, which reads both sentences at once, sees most such words, and
the features of a pair show what it misses, such as numbers. A forest for each question weighs the two, and its log-odds
are then compared with those of pairs with the other label. It was fitted to subjects that the cross-encoder did not
learn from (:mod:`fake_news.training.relation.core_pairs`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, FloatArray, IntArray
from fake_news.detection.factchecks.forest import Forest, forest_arrays, read_forests
from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.detection.factchecks.relation.model import CLOSE_QUESTIONS, QUESTIONS, is_repeated

Features = NDArray[np.float32]
Mask = NDArray[np.bool_]

_SAME, _MORE, _LESS = (OUTCOMES.index(name) for name in ("same", "more", "less"))
_CERTAIN = 1e-4
_REPEATED = 7.0
"""Log-odds of a core claim that is repeated word for word."""
_MARGIN = 1.0
"""In log-odds."""


def core_pair_features(features: Features, odds: Mapping[str, FloatArray], outcomes: Float32Array) -> Features:
    """Make the input of the forests: the features of pairs, and the log-odds of relation model and cross-encoder.

    Parameters
    ----------
    features : (pairs, features)
    odds : the relation model's, by question, (pairs,)
    outcomes : (pairs, outcomes) the cross-encoder's probabilities
    """
    says, follows = (outcomes[:, [_SAME, other]].sum(axis=1) for other in (_MORE, _LESS))
    relation = np.column_stack([odds[question] for question in QUESTIONS])
    read = np.column_stack([_log_odds(relation), _log_odds(outcomes), _log_odds(np.column_stack([says, follows]))])
    return np.concatenate([features, read.astype(np.float32)], axis=1)


def _log_odds(chances: FloatArray | Float32Array) -> FloatArray:
    clipped = np.clip(chances.astype(np.float64), _CERTAIN, 1.0 - _CERTAIN)
    log_odds: FloatArray = np.log(clipped / (1.0 - clipped))
    return log_odds


class Sides(NamedTuple):
    """For each pair of a passage and a core claim, the pairs that it competes with.

    Attributes
    ----------
    passage : (pairs,) the number of the passage
    truth : (pairs,) 1 if the core claim is true by its ruling, 0 if it is false, -1 if that is unknown
    """

    passage: IntArray
    truth: IntArray


def beats_contrary(logits: FloatArray, sides: Sides) -> Mask:
    """Find which pairs are more probable, by a margin, than all with core claims of the other label, shape (pairs,).

    "Epstein is dead" is near "Epstein is alive", and nearer to another wording of itself.

    Parameters
    ----------
    logits : (pairs,) log-odds that the passage says the core claim
    """
    most = np.full((int(sides.passage.max(initial=-1)) + 1, 3), -np.inf)
    np.maximum.at(most, (sides.passage, sides.truth), logits)  # -1 is the last column
    contrary = np.where(sides.truth < 0, -np.inf, most[sides.passage, 1 - np.maximum(sides.truth, 0)])
    beats: Mask = logits - contrary >= _MARGIN
    return beats


@dataclass(frozen=True)
class CorePairModel:
    """Decides whether a statement says a core claim, and whether it follows from it.

    Attributes
    ----------
    forests, bounds : by question; a bound is the probability from which it is answered with yes
    """

    forests: Mapping[str, Forest]
    bounds: Mapping[str, float]

    def probabilities(
        self, features: Features, odds: Mapping[str, FloatArray], outcomes: Float32Array, sides: Sides
    ) -> dict[str, FloatArray]:
        """Compute the probability of yes to both questions, shape (pairs,); zero where the contrary is as probable.

        The parameters are those of :func:`core_pair_features`, and the pairs that each competes with.
        """
        read, repeated = core_pair_features(features, odds, outcomes), is_repeated(features)
        logits = {question: self.forests[question].logits(read) for question in CLOSE_QUESTIONS}
        for question in CLOSE_QUESTIONS:
            logits[question] = np.where(repeated, _REPEATED, logits[question])
        return {question: contrast(logits[question], sides) for question in CLOSE_QUESTIONS}

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name, for a file."""
        arrays: dict[str, NDArray[Any]] = {"bounds": np.array([self.bounds[question] for question in CLOSE_QUESTIONS])}
        return arrays | forest_arrays(self.forests)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> CorePairModel:
        """Read what :meth:`as_arrays` wrote.

        Raises
        ------
        KeyError, ValueError
            If a part is missing.
        """
        forests = read_forests(arrays, CLOSE_QUESTIONS)
        return cls(forests, dict(zip(CLOSE_QUESTIONS, arrays["bounds"].tolist(), strict=True)))


def contrast(logits: FloatArray, sides: Sides) -> FloatArray:
    """Turn log-odds into probabilities, zero where a contrary core claim is as probable, shape (pairs,)."""
    return np.where(beats_contrary(logits, sides), 1.0 / (1.0 + np.exp(-logits)), 0.0)
