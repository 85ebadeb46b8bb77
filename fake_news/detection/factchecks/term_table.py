"""The term table: how rare each term is, and whether it is a name, by the term's hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, IntArray

UNKNOWN = -1


@dataclass(frozen=True)
class TermTable:
    """What is known of terms.

    Parameters
    ----------
    hashes : (terms,) ascending
    rarity : (terms,) inverse document frequency, natural logarithm, among fact-checks
    names : (terms,) whether it is mostly a name
    """

    hashes: NDArray[np.uint32]
    rarity: Float32Array
    names: NDArray[np.bool_]
    unknown_rarity: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "unknown_rarity", float(self.rarity.max(initial=0.0)))

    def __len__(self) -> int:
        return len(self.hashes)

    def rows(self, hashes: Sequence[int] | NDArray[np.uint32]) -> IntArray:
        """The rows of some terms; ``UNKNOWN`` for terms that the table does not have."""
        wanted = np.asarray(hashes, dtype=np.uint32)
        if not len(self.hashes):
            return np.full(len(wanted), UNKNOWN, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        return np.where(self.hashes[found] == wanted, found, UNKNOWN)

    def rarities(self, rows: IntArray) -> Float32Array:
        """Inverse document frequencies; an unknown term is as rare as the rarest."""
        return np.where(rows == UNKNOWN, np.float32(self.unknown_rarity), self.rarity[rows])

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """The table by name, for a file."""
        return {
            "hashes": self.hashes,
            "rarity": self.rarity.astype(np.float16),
            "names": np.packbits(self.names),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> TermTable:
        """The table that :meth:`as_arrays` gave away."""
        hashes = arrays["hashes"]
        return cls(
            hashes,
            arrays["rarity"].astype(np.float32),
            np.unpackbits(arrays["names"], count=len(hashes)).astype(bool),
        )
