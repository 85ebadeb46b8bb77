"""Vector engines that can replace the exact search, behind the same interface. None of them is required."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from typing import Any

import numpy as np

from fake_news.common.arrays import Float32Array, Int8Array, IntArray
from fake_news.detection.factchecks.search.claim_vectors import ClaimVectors, NearestClaims, quantise

PACKAGES = {"faiss": "faiss-cpu", "usearch": "usearch"}
_LISTS = 512
_SEARCHED_LISTS = 32
_TRAINED_ON = 40 * _LISTS
_ROWS_AT_ONCE = 65_536
_NOISE = 0.5


class _Engine:
    """An engine's own index, beside the vectors in eight bits, which the relation model reads."""

    def __init__(self, steps: Int8Array) -> None:
        self._steps = steps

    def __len__(self) -> int:
        return len(self._steps)

    def rows(self, claims: IntArray) -> Float32Array:
        """Return the vectors of some claims, of unit length."""
        found = self._steps[claims].astype(np.float32)
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1.0)

    def nearest(self, statements: Float32Array, most: int) -> list[tuple[IntArray, Float32Array]]:
        """For each statement what the engine finds, ordered by the cosines of our own vectors."""
        found = []
        for statement in statements:
            claims = self._find(statement, most)
            cosines = self.rows(claims) @ statement
            order = np.lexsort((claims, -cosines))
            found.append((claims[order], cosines[order]))
        return found

    def _find(self, statement: Float32Array, most: int) -> IntArray:
        raise NotImplementedError


class Faiss(_Engine):
    """An inverted file of vectors in eight bits (https://faiss.ai): it looks into a sixteenth of its lists."""

    def __init__(self, steps: Int8Array) -> None:
        import faiss

        super().__init__(steps)
        width = steps.shape[1]
        metric, scalar = faiss.METRIC_INNER_PRODUCT, faiss.ScalarQuantizer.QT_8bit
        self._quantizer = faiss.IndexFlatIP(width)
        self._index: Any = faiss.IndexIVFScalarQuantizer(self._quantizer, width, _LISTS, scalar, metric)
        self._index.nprobe = _SEARCHED_LISTS
        sample = np.random.default_rng(1).choice(len(steps), min(len(steps), _TRAINED_ON), replace=False)
        self._index.train(self.rows(np.sort(sample)))
        for first in range(0, len(steps), _ROWS_AT_ONCE):
            self._index.add(self.rows(np.arange(first, min(first + _ROWS_AT_ONCE, len(steps)))))

    def _find(self, statement: Float32Array, most: int) -> IntArray:
        claims: IntArray = self._index.search(statement[None], most)[1][0]
        return claims[claims >= 0]


class Usearch(_Engine):
    """The exact search of usearch in eight bits (https://unum.cloud): its graph would take minutes to build."""

    def _find(self, statement: Float32Array, most: int) -> IntArray:
        from usearch.index import MetricKind, search

        wanted = quantise(statement[None])[0]
        found = search(self._steps, wanted, most, MetricKind.Cos, exact=True, threads=1)
        return found.keys.astype(np.int64)


ENGINES: dict[str, Callable[[Int8Array], NearestClaims]] = {"ours": ClaimVectors, "faiss": Faiss, "usearch": Usearch}


def missing() -> list[str]:
    """Return the engines whose packages are not installed here."""
    return [name for name in PACKAGES if importlib.util.find_spec(name) is None]


def simulate(count: int, like: Int8Array) -> Int8Array:
    """Vectors that lie around those of real claims as claims on the same topics do: random ones have no neighbours."""
    draw = np.random.default_rng(0)
    found = np.empty((count, like.shape[1]), dtype=np.int8)
    for first in range(0, count, _ROWS_AT_ONCE):
        rows = min(_ROWS_AT_ONCE, count - first)
        around = like[draw.integers(len(like), size=rows)].astype(np.float32)
        around /= np.maximum(np.linalg.norm(around, axis=1, keepdims=True), 1.0)
        noise = draw.standard_normal(around.shape, dtype=np.float32) * (_NOISE / like.shape[1] ** 0.5)
        found[first : first + rows] = quantise(around + noise)
    return found
