"""The term table: how rare each term is, and what it means, by the term's hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

UNKNOWN = -1
_VECTOR_STEPS = 127.0


@dataclass(frozen=True)
class TermTable:
    """What is known of terms.

    Parameters
    ----------
    hashes : (terms,) ascending
    rarity : (terms,) inverse document frequency, natural logarithm, among fact-checks
    vectors : (terms, dimensions) in 127ths of ``scales``; the sum over a text's terms points where its meaning lies
    scales : (terms,)
    names : (terms,) whether it is mostly a name
    """

    hashes: NDArray[np.uint32]
    rarity: Floats
    vectors: NDArray[np.int8]
    scales: Floats
    names: NDArray[np.bool_]
    unknown_rarity: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "unknown_rarity", float(self.rarity.max(initial=0.0)))

    def __len__(self) -> int:
        return len(self.hashes)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.vectors.shape[1])

    def rows(self, hashes: Sequence[int] | NDArray[np.uint32]) -> Integers:
        """The rows of some terms; ``UNKNOWN`` for terms that the table does not have."""
        wanted = np.asarray(hashes, dtype=np.uint32)
        if not len(self.hashes):
            return np.full(len(wanted), UNKNOWN, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        return np.where(self.hashes[found] == wanted, found, UNKNOWN)

    def rarities(self, rows: Integers) -> Floats:
        """Inverse document frequencies; an unknown term is as rare as the rarest."""
        return np.where(rows == UNKNOWN, np.float32(self.unknown_rarity), self.rarity[rows])

    def term_vectors(self, rows: Integers, dimensions: int | None = None) -> Floats:
        """Vectors of terms, or their first dimensions, shape (len(rows), dimensions); zero for unknown ones."""
        vectors = self.vectors[rows, :dimensions].astype(np.float32)
        vectors *= np.where(rows == UNKNOWN, np.float32(0.0), self.scales[rows] / np.float32(_VECTOR_STEPS))[:, None]
        return vectors

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The table by name, for a file."""
        return {
            "hashes": self.hashes,
            "rarity": self.rarity.astype(np.float16),
            "vectors": self.vectors,
            "scales": self.scales.astype(np.float16),
            "names": np.packbits(self.names),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> TermTable:
        """The table that :meth:`as_arrays` gave away."""
        hashes = arrays["hashes"]
        return cls(
            hashes,
            arrays["rarity"].astype(np.float32),
            arrays["vectors"],
            arrays["scales"].astype(np.float32),
            np.unpackbits(arrays["names"], count=len(hashes)).astype(bool),
        )


def quantised(vectors: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Vectors in 127ths of their largest component, and those components."""
    scales = np.abs(vectors).max(axis=1, initial=0.0).astype(np.float16).astype(np.float32)
    steps = vectors / np.maximum(scales, 1e-12)[:, None] * _VECTOR_STEPS
    return np.clip(np.rint(steps), -_VECTOR_STEPS, _VECTOR_STEPS).astype(np.int8), scales
