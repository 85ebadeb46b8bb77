"""A veracity model over meaning: one weight for each component of a statement's vector, and an intercept.

It takes the place of the word model's log-odds of true where a checkpoint was trained with it. What a word adds to a
vector cannot be told from the others, so that it gives no reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import FloatArray
from fake_news.common.errors import CheckpointError

FILE, SECTION = "veracity_head.npz", "veracity_head"
"""Where a checkpoint has the weights, and what ``model.json`` says about them."""


@dataclass(frozen=True)
class EncoderHead:
    """Log-odds of true from a vector.

    Attributes
    ----------
    encoder : identity of the encoder whose vectors it was fitted to
    weights : (width,)
    """

    encoder: str
    weights: FloatArray
    intercept: float

    def __call__(self, vectors: NDArray[Any]) -> FloatArray:
        """Log-odds, not calibrated, shape (statements,)."""
        # row by row, as the last bits of a matrix product depend on how many rows it has
        return np.array([float(vector.astype(np.float64) @ self.weights) for vector in vectors]) + self.intercept

    @classmethod
    def read(cls, section: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> EncoderHead:
        """The head of a checkpoint."""
        return cls(section["encoder"], arrays["weights"].astype(np.float64), float(section["intercept"]))

    def check_encoder(self, identity: str, width: int) -> None:
        """Refuse another encoder than the one that it was fitted to.

        Raises
        ------
        CheckpointError
            If it is another, or its vectors are of another width.
        """
        if identity != self.encoder or width != len(self.weights):
            raise CheckpointError(
                f"The veracity model was fitted to the encoder {self.encoder[:12]}…, and the checkpoint's fact-checks "
                f"are read with {identity[:12]}….",
                "Train it again: `python -m fake_news train --family encoder`.",
            )

    def section(self) -> dict[str, Any]:
        """What ``model.json`` says about it."""
        return {"encoder": self.encoder, "intercept": self.intercept}

    def arrays(self) -> dict[str, NDArray[np.float64]]:
        """The arrays of its file."""
        return {"weights": self.weights}
