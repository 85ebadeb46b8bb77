"""The claim model: whether a sentence is a claim, by its meaning, its words and its surface features together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, FloatArray
from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.claims.surface_features import SHORT, SURFACE_FEATURES

FILE, SECTION = "claims.npz", "claims"
"""Where a checkpoint has the weights, and what ``model.json`` says about them."""


@dataclass(frozen=True)
class ClaimModel:
    """A small network over a sentence's vector, the logit of the word model, and its surface features.

    It has one hidden layer, because a weighted sum could not count "short, with a full stop" differently in speech.

    Attributes
    ----------
    encoder : identity of the encoder whose vectors it was fitted to
    hidden : (width + 1 + len(SURFACE_FEATURES), units) weights
    bias : (units,)
    output : (units,) weights
    short : added to the logit of short sentences: few of those that words let through are anything but claims
    threshold : least score of a claim
    """

    encoder: str
    hidden: FloatArray
    bias: FloatArray
    output: FloatArray
    intercept: float
    short: float
    threshold: float

    def __call__(self, vectors: NDArray[Any], words: FloatArray, surfaces: FloatArray) -> FloatArray:
        """Compute scores from 0 to 1, shape (sentences,).

        Parameters
        ----------
        vectors : (sentences, width)
        words : (sentences,) logits of the word model
        surfaces : (sentences, len(SURFACE_FEATURES)), see :mod:`fake_news.detection.claims.surface_features`
        """
        return self.score(columns(vectors, words, surfaces))

    def score(self, read: FloatArray) -> FloatArray:
        """Compute the same scores from the output of :func:`columns`."""
        logits = np.maximum(read @ self.hidden + self.bias, 0.0) @ self.output
        logits += self.short * read[:, SURFACE_FEATURES.index(SHORT) - len(SURFACE_FEATURES)]
        scores: FloatArray = 0.5 * (1.0 + np.tanh(0.5 * (logits + self.intercept)))
        return scores

    @classmethod
    def read(cls, section: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> ClaimModel | None:
        """Read the model of a checkpoint; ``None`` if it was fitted to other surface features than these."""
        if tuple(section["forms"]) != SURFACE_FEATURES:
            return None
        hidden, bias, output = (arrays[name].astype(np.float64) for name in ("hidden", "bias", "output"))
        numbers = (float(section[name]) for name in ("intercept", "short", "threshold"))
        return cls(section["encoder"], hidden, bias, output, *numbers)

    def section(self) -> dict[str, Any]:
        """Return what ``model.json`` says about it."""
        return {
            "encoder": self.encoder,
            "intercept": self.intercept,
            "short": self.short,
            "threshold": self.threshold,
            "forms": list(SURFACE_FEATURES),
        }

    def arrays(self) -> dict[str, Float32Array]:
        """Return the arrays of its file."""
        named = {"hidden": self.hidden, "bias": self.bias, "output": self.output}
        return {name: array.astype(np.float32) for name, array in named.items()}


def columns(vectors: NDArray[Any], words: FloatArray, surfaces: FloatArray) -> FloatArray:
    """Make the input of the network, shape (sentences, width + 1 + len(SURFACE_FEATURES))."""
    return np.hstack([vectors, bounded(words)[:, None], surfaces]).astype(np.float64)


def with_claim_model(
    earlier: Checkpoint, model: dict[str, Any], files: dict[str, bytes]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Add the claim model of an earlier checkpoint with the same encoder to the contents of one to be written."""
    if SECTION not in earlier.model:
        return model, files
    return {**model, SECTION: earlier.model[SECTION]}, {**files, FILE: earlier.files[FILE]}


def bounded(logits: Sequence[float] | FloatArray) -> FloatArray:
    """Bound the word model's logits, so that a few decisive words cannot outweigh everything else."""
    return np.clip(np.asarray(logits, dtype=np.float64), -6.0, 6.0)
