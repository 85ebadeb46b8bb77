"""The veracity model that reads meaning: one weight for each component of a statement's vector, and an intercept.

It replaces the word model's log-odds of true where a checkpoint was trained with it. A vector does not show what each
word adds to it, so this model gives no reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import FloatArray
from fake_news.common.errors import CheckpointError
from fake_news.detection.checkpoint import Checkpoint
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.encoder.store import read_encoder

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
        """Compute log-odds, not calibrated, shape (statements,)."""
        # Row by row, as the last bits of a matrix product depend on the number of rows.
        return np.array([float(vector.astype(np.float64) @ self.weights) for vector in vectors]) + self.intercept

    @classmethod
    def read(cls, section: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> EncoderHead:
        """Read the head of a checkpoint."""
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
                f"are encoded with {identity[:12]}….",
                "Train it again: `python -m fake_news train --family encoder`.",
            )

    def section(self) -> dict[str, Any]:
        """Return what ``model.json`` says about it."""
        return {"encoder": self.encoder, "intercept": self.intercept}

    def arrays(self) -> dict[str, NDArray[np.float64]]:
        """Return the arrays of its file."""
        return {"weights": self.weights}


class MeaningModel:
    """An encoder head with its encoder, for statements as text.

    Raises
    ------
    CheckpointError
        If the encoder is another than the head was fitted to.
    """

    def __init__(self, head: EncoderHead, encoder: Encoder) -> None:
        head.check_encoder(encoder.identity, encoder.width)
        self._head = head
        self._encoder = encoder

    @classmethod
    def of(cls, checkpoint: Checkpoint, encoder: Encoder | None) -> MeaningModel | None:
        """Read the model of a checkpoint; ``None`` where the word model decides.

        Parameters
        ----------
        encoder : that of the checkpoint's fact-checks, which is shared; without it, the head's own encoder is loaded

        Raises
        ------
        CheckpointError
            If the encoder is missing, damaged, or another.
        """
        section = checkpoint.model.get(SECTION)
        if section is None:
            return None
        head = EncoderHead.read(section, checkpoint.arrays(FILE))
        return cls(head, encoder or Encoder(read_encoder(head.encoder, checkpoint.path.parent)))

    def __call__(self, statement: str) -> float:
        """Compute log-odds of true, not calibrated."""
        return float(self._head(self._encoder([statement]))[0])
