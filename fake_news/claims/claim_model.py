"""Is a sentence a claim? What it means, what it says and how it is written, added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.checkpoint import Checkpoint
from fake_news.claims.form import FORMS

Floats = NDArray[np.float64]

FILE, SECTION = "claims.npz", "claims"
"""Where a checkpoint has the weights, and what ``model.json`` says about them."""


@dataclass(frozen=True)
class ClaimModel:
    """A logistic model over a sentence's vector, the logit of the word model, and its form.

    Attributes
    ----------
    encoder : identity of the encoder whose vectors it was fitted to
    vector : (width,) weights
    word : weight of the word model's logit
    form : (len(FORMS),) weights
    threshold : least score of a claim
    """

    encoder: str
    vector: Floats
    word: float
    form: Floats
    intercept: float
    threshold: float

    def __call__(self, vectors: NDArray[Any], words: Floats, forms: Floats) -> Floats:
        """Scores between 0 and 1, shape (sentences,).

        Parameters
        ----------
        vectors : (sentences, width)
        words : (sentences,) logits of the word model
        forms : (sentences, len(FORMS)), see :func:`fake_news.claims.form.form`
        """
        logits = vectors @ self.vector + bounded(words) * self.word + forms @ self.form + self.intercept
        scores: Floats = 0.5 * (1.0 + np.tanh(0.5 * logits))
        return scores

    @classmethod
    def read(cls, section: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> ClaimModel | None:
        """The model of a checkpoint; ``None`` where it was fitted to other forms than this version sees."""
        if tuple(section["forms"]) != FORMS:
            return None
        return cls(
            section["encoder"],
            arrays["vector"].astype(np.float64),
            float(section["word"]),
            arrays["form"].astype(np.float64),
            float(section["intercept"]),
            float(section["threshold"]),
        )

    def section(self) -> dict[str, Any]:
        """What ``model.json`` says about it."""
        return {
            "encoder": self.encoder,
            "word": self.word,
            "intercept": self.intercept,
            "threshold": self.threshold,
            "forms": list(FORMS),
        }

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """The arrays of its file."""
        return {"vector": self.vector.astype(np.float32), "form": self.form.astype(np.float32)}


def with_claim_model(
    earlier: Checkpoint, model: dict[str, Any], files: dict[str, bytes]
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The contents of a checkpoint yet to be written, with the claim model of an earlier one of the same encoder."""
    if SECTION not in earlier.model:
        return model, files
    return {**model, SECTION: earlier.model[SECTION]}, {**files, FILE: earlier.files[FILE]}


def bounded(logits: Sequence[float] | Floats) -> Floats:
    """The word model's logits, within what a few sure words can say."""
    return np.clip(np.asarray(logits, dtype=np.float64), -6.0, 6.0)
