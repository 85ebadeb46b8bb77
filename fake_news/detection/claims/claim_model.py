"""Is a sentence a claim? What it means, what it says and how it is written, weighed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, FloatArray
from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.claims.form import FORMS, SHORT

FILE, SECTION = "claims.npz", "claims"
"""Where a checkpoint has the weights, and what ``model.json`` says about them."""


@dataclass(frozen=True)
class ClaimModel:
    """A small network over a sentence's vector, the logit of the word model, and its form.

    One hidden layer, so that "short, with a full stop" may count otherwise in speech than on its own: a sum cannot.

    Attributes
    ----------
    encoder : identity of the encoder whose vectors it was fitted to
    hidden : (width + 1 + len(FORMS), units) weights
    bias : (units,)
    output : (units,) weights
    short : added to the logit of short sentences, of which few are anything else than claims where words let them pass
    threshold : least score of a claim
    """

    encoder: str
    hidden: FloatArray
    bias: FloatArray
    output: FloatArray
    intercept: float
    short: float
    threshold: float

    def __call__(self, vectors: NDArray[Any], words: FloatArray, forms: FloatArray) -> FloatArray:
        """Scores between 0 and 1, shape (sentences,).

        Parameters
        ----------
        vectors : (sentences, width)
        words : (sentences,) logits of the word model
        forms : (sentences, len(FORMS)), see :func:`fake_news.detection.claims.form.form`
        """
        return self.score(columns(vectors, words, forms))

    def score(self, read: FloatArray) -> FloatArray:
        """The same of what :func:`columns` gives."""
        logits = np.maximum(read @ self.hidden + self.bias, 0.0) @ self.output
        logits += self.short * read[:, FORMS.index(SHORT) - len(FORMS)]
        scores: FloatArray = 0.5 * (1.0 + np.tanh(0.5 * (logits + self.intercept)))
        return scores

    @classmethod
    def read(cls, section: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> ClaimModel | None:
        """The model of a checkpoint; ``None`` where it was fitted to other forms than this version sees."""
        if tuple(section["forms"]) != FORMS:
            return None
        hidden, bias, output = (arrays[name].astype(np.float64) for name in ("hidden", "bias", "output"))
        numbers = (float(section[name]) for name in ("intercept", "short", "threshold"))
        return cls(section["encoder"], hidden, bias, output, *numbers)

    def section(self) -> dict[str, Any]:
        """What ``model.json`` says about it."""
        return {
            "encoder": self.encoder,
            "intercept": self.intercept,
            "short": self.short,
            "threshold": self.threshold,
            "forms": list(FORMS),
        }

    def arrays(self) -> dict[str, Float32Array]:
        """The arrays of its file."""
        named = {"hidden": self.hidden, "bias": self.bias, "output": self.output}
        return {name: array.astype(np.float32) for name, array in named.items()}


def columns(vectors: NDArray[Any], words: FloatArray, forms: FloatArray) -> FloatArray:
    """What the network reads, shape (sentences, width + 1 + len(FORMS))."""
    return np.hstack([vectors, bounded(words)[:, None], forms]).astype(np.float64)


def with_claim_model(
    earlier: Checkpoint, model: dict[str, Any], files: dict[str, bytes]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The contents of a checkpoint yet to be written, with the claim model of an earlier one of the same encoder."""
    if SECTION not in earlier.model:
        return model, files
    return {**model, SECTION: earlier.model[SECTION]}, {**files, FILE: earlier.files[FILE]}


def bounded(logits: Sequence[float] | FloatArray) -> FloatArray:
    """The word model's logits, within what a few sure words can say."""
    return np.clip(np.asarray(logits, dtype=np.float64), -6.0, 6.0)
