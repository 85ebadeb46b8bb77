"""Vectors of checked claims: int8 in files, compared exactly with those of statements.

Exact search takes 29 ms of one core among 200,000 claims and 149 ms among a million, which take 1.8 GB. Where that is
too much, a vector engine takes its place (:class:`NearestClaims`), as FAISS does in ``scripts/benchmarks``.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, IntArray

_STEPS = 127.0
_ROWS_AT_ONCE = 4096
_STATEMENTS_AT_ONCE = 32


class NearestClaims(Protocol):
    """What finds the claims nearest to a statement: :class:`ClaimVectors`, or a vector engine in its place."""

    def __len__(self) -> int: ...

    def rows(self, claims: IntArray) -> Float32Array:
        """The vectors of some claims, of unit length."""

    def nearest(self, statements: Float32Array, most: int) -> list[tuple[IntArray, Float32Array]]:
        """For each statement the claims with the nearest vectors, best first, and their cosines."""


class ClaimVectors:
    """The vectors of some claims.

    Parameters
    ----------
    steps : (claims, width) int8; only the direction of a row counts, a row of zeros is like nothing
    """

    def __init__(self, steps: NDArray[np.int8]) -> None:
        self._vectors = np.empty(steps.shape, dtype=np.float32)
        for first in range(0, len(steps), _ROWS_AT_ONCE):
            part = steps[first : first + _ROWS_AT_ONCE].astype(np.float32)
            lengths = np.sqrt(np.einsum("ij,ij->i", part, part))
            self._vectors[first : first + len(part)] = part / np.maximum(lengths, 1.0)[:, None]

    def __len__(self) -> int:
        return len(self._vectors)

    def rows(self, claims: IntArray) -> Float32Array:
        """The vectors of some claims, of unit length, shape (len(claims), width)."""
        return self._vectors[claims]

    def nearest(self, statements: Float32Array, most: int) -> list[tuple[IntArray, Float32Array]]:
        """For each statement the claims with the nearest vectors, best first, and their cosines.

        Parameters
        ----------
        statements : (statements, width) of unit length
        """
        found = []
        most = min(most, len(self._vectors))
        for first in range(0, len(statements), _STATEMENTS_AT_ONCE):
            part = statements[first : first + _STATEMENTS_AT_ONCE]
            for statement, cosines in zip(part, part @ self._vectors.T, strict=True):
                best = np.argpartition(cosines, -most)[-most:] if most else np.empty(0, dtype=np.int64)
                best.sort()
                # Computed again in the same way whatever stood beside it: a product's last digits depend on its shape.
                exact = self._vectors[best] @ statement
                order = np.lexsort((best, -exact))
                found.append((best[order], exact[order]))
        return found


def quantised(vectors: Float32Array) -> NDArray[np.int8]:
    """Vectors in steps of a 127th of their largest component."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    steps: NDArray[np.int8] = np.rint(vectors / np.maximum(largest, 1e-12) * _STEPS).astype(np.int8)
    return steps
