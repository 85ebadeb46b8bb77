"""The head: from the vectors of a statement and a checked claim to the odds of each outcome.

One hidden layer over [u, v, |u − v|, u · v] (Conneau et al. 2017, "Supervised learning of universal sentence
representations"), trained together with the encoder; NumPy is enough to run it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array

OUTCOMES = ("same", "more", "less", "opposite", "contrary", "related", "reported")
"""The outcomes that the head distinguishes, in the order of its output."""


@dataclass(frozen=True)
class Head:
    """The weights of the head.

    Attributes
    ----------
    hidden, hidden_bias : (4 · width, units), (units,)
    output, output_bias : (units, outcomes), (outcomes,)
    """

    hidden: Float32Array
    hidden_bias: Float32Array
    output: Float32Array
    output_bias: Float32Array

    def __call__(self, statement: Float32Array, claims: Float32Array) -> Float32Array:
        """Compute the probabilities of the outcomes of a statement with each of some claims, shape (claims, outcomes).

        Parameters
        ----------
        statement : (width,) of unit length
        claims : (claims, width) of unit length
        """
        width = claims.shape[1]
        ours, theirs, distance, product = np.split(self.hidden, 4)
        # The same sums as for the concatenated parts, but the statement's part is computed once.
        scale = np.float32(np.sqrt(width))
        units = scale * (statement @ ours + claims @ theirs + np.abs(statement - claims) @ distance)
        units += (statement * claims) @ product * np.float32(width / 4)
        logits = _gelu(units + self.hidden_bias) @ self.output + self.output_bias
        logits -= logits.max(axis=1, keepdims=True)
        odds = np.exp(logits)
        probabilities: Float32Array = odds / odds.sum(axis=1, keepdims=True)
        return probabilities

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the weights by name, for a file."""
        return {
            "hidden": self.hidden.astype(np.float16),
            "hidden_bias": self.hidden_bias,
            "output": self.output,
            "output_bias": self.output_bias,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Head:
        """Read the head that :meth:`as_arrays` wrote."""
        return cls(
            **{name: arrays[name].astype(np.float32) for name in ("hidden", "hidden_bias", "output", "output_bias")}
        )


def _gelu(values: Float32Array) -> Float32Array:
    """Gaussian error linear units, by the usual tanh approximation (Hendrycks & Gimpel 2016)."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (values + np.float32(0.044715) * values**3)
    activated: Float32Array = np.float32(0.5) * values * (1 + np.tanh(inner))
    return activated
