"""Vectors of checked claims: int8, compared with those of statements.

Comparing a statement with all components of 49,000 vectors takes 6 ms of one core, most of it to read memory. So many
are first compared along the directions in which claims differ most (principal components of a sample), a third of the
components, and the best are compared whole: that finds 99.7 % of the nearest 16 in a third of the time
(``scripts/benchmark.py vectors``). Exact search takes 29 ms among 200,000 claims and 149 ms among a million. Where even
that is too slow, a vector engine can take its place (:class:`NearestClaims`), as FAISS does in ``scripts/benchmarks``.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, IntArray

_STEPS = 127.0
_ROWS_AT_ONCE = 4096
_FEW = 8_192
"""Number of claims up to which all components are compared at once."""
_DIRECTIONS, _SAMPLED, _COMPARED_WHOLE = 128, 8_000, 256
_STATEMENTS_AT_ONCE = 32


class NearestClaims(Protocol):
    """The search for the claims nearest to a statement: :class:`ClaimVectors`, or a vector engine in its place."""

    def __len__(self) -> int: ...

    def rows(self, claims: IntArray) -> Float32Array:
        """Return the vectors of some claims, of unit length."""

    def nearest(self, statements: Float32Array, most: int) -> list[tuple[IntArray, Float32Array]]:
        """Find the claims with the vectors nearest to each statement, best first, and their cosines."""


class ClaimVectors:
    """The vectors of some claims.

    Parameters
    ----------
    steps : (claims, width) int8; only the direction of a row counts, and a row of zeros is never found
    directions : number of directions along which many claims are compared first
    """

    def __init__(self, steps: NDArray[np.int8], directions: int = _DIRECTIONS) -> None:
        self._steps = steps
        self._lengths = np.ones(len(steps), dtype=np.float32)
        for first in range(0, len(steps), _ROWS_AT_ONCE):
            part = steps[first : first + _ROWS_AT_ONCE].astype(np.float32)
            self._lengths[first : first + len(part)] = np.maximum(np.sqrt(np.einsum("ij,ij->i", part, part)), 1.0)
        self._directions = self._main_directions(directions)
        width = steps.shape[1] if self._directions is None else self._directions.shape[1]
        self._searched = np.empty((len(steps), width), dtype=np.float32)
        for first in range(0, len(steps), _ROWS_AT_ONCE):
            part = self.rows(np.arange(first, min(first + _ROWS_AT_ONCE, len(steps))))
            self._searched[first : first + len(part)] = self._projected(part)

    def __len__(self) -> int:
        return len(self._steps)

    def rows(self, claims: IntArray) -> Float32Array:
        """Return the vectors of some claims, of unit length, shape (len(claims), width)."""
        return self._steps[claims].astype(np.float32) / self._lengths[claims, None]

    def nearest(self, statements: Float32Array, most: int) -> list[tuple[IntArray, Float32Array]]:
        """Find the claims with the vectors nearest to each statement, best first, and their cosines.

        Parameters
        ----------
        statements : (statements, width) of unit length
        """
        found = []
        most = min(most, len(self))
        compared = most if self._directions is None else min(max(most, _COMPARED_WHOLE), len(self))
        for first in range(0, len(statements), _STATEMENTS_AT_ONCE):
            part = statements[first : first + _STATEMENTS_AT_ONCE]
            for statement, cosines in zip(part, self._projected(part) @ self._searched.T, strict=True):
                best = np.argpartition(cosines, -compared)[-compared:] if most else np.empty(0, dtype=np.int64)
                best.sort()
                # Computed again one by one: the last digits of a matrix product depend on its shape.
                exact = self.rows(best) @ statement
                order = np.lexsort((best, -exact))[:most]
                found.append((best[order], exact[order]))
        return found

    def _main_directions(self, most: int) -> Float32Array | None:
        """Compute the directions in which claims differ most, shape (width, directions); ``None`` for few claims."""
        if len(self) < _FEW or most >= self._steps.shape[1]:
            return None
        sample = self.rows(np.arange(0, len(self), max(1, len(self) // _SAMPLED)))
        directions: Float32Array = np.linalg.eigh(sample.T @ sample)[1][:, : -most - 1 : -1]
        return np.ascontiguousarray(directions)

    def _projected(self, vectors: Float32Array) -> Float32Array:
        return vectors if self._directions is None else vectors @ self._directions


def quantise(vectors: Float32Array) -> NDArray[np.int8]:
    """Round vectors to steps of a 127th of their largest component."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    steps: NDArray[np.int8] = np.rint(vectors / np.maximum(largest, 1e-12) * _STEPS).astype(np.int8)
    return steps
