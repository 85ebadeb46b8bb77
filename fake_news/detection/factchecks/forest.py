"""Boosted trees as flat arrays: the predictions of scikit-learn's histogram gradient boosting, by NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import FloatArray

Name = TypeVar("Name", bound=str)

_AT_ONCE = 128
"""Rows that are processed together: with more, their node numbers (trees × rows) would not fit into the cache."""


@dataclass(frozen=True)
class Forest:
    """Trees, their nodes end to end.

    Attributes
    ----------
    roots : (trees,) the first node of each tree
    feature, threshold : (nodes,) a row goes left where its feature is at most the threshold
    left, right : (nodes,) the next node; a leaf leads to itself
    value : (nodes,) log-odds that a leaf adds
    depth : steps from a root to the farthest leaf
    baseline : log-odds before any tree
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.int16]
    threshold: FloatArray
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: FloatArray
    depth: int
    baseline: float
    _next: NDArray[np.intp] = field(init=False, repr=False)
    """Right and left child of every node side by side: one look-up for each step instead of two and a choice."""
    _feature: NDArray[np.intp] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_next", np.column_stack([self.right, self.left]).ravel().astype(np.intp))
        object.__setattr__(self, "_feature", self.feature.astype(np.intp))

    def logits(self, features: NDArray[np.float32]) -> FloatArray:
        """Compute the log-odds of rows of features, shape (rows, features) to (rows,)."""
        parts = [self._logits(features[first : first + _AT_ONCE]) for first in range(0, len(features), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.empty(0)

    def _logits(self, features: NDArray[np.float32]) -> FloatArray:
        rows, width = features.shape
        flat = features.astype(np.float64).ravel()
        first = (np.arange(rows) * width)[:, None]
        node = np.tile(self.roots.astype(np.intp), (rows, 1))
        for _ in range(self.depth):
            goes_left = flat.take(self._feature.take(node) + first) <= self.threshold.take(node)
            node = self._next.take(2 * node + goes_left)
        logits: FloatArray = self.value.take(node).sum(axis=1) + self.baseline
        return logits

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name, for a file."""
        return {
            "roots": self.roots,
            "feature": self.feature,
            "threshold": self.threshold,
            "left": self.left,
            "right": self.right,
            "value": self.value,
            "depth": np.array(self.depth),
            "baseline": np.array(self.baseline),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Forest:
        """Read the forest that :meth:`as_arrays` wrote."""
        flat = {name: arrays[name] for name in ("roots", "feature", "threshold", "left", "right", "value")}
        return cls(**flat, depth=int(arrays["depth"]), baseline=float(arrays["baseline"]))


def forest_arrays(forests: Mapping[Name, Forest]) -> dict[str, NDArray[Any]]:
    """Return several forests for one file; the names of arrays begin with those of the forests."""
    return {f"{name}.{part}": array for name, forest in forests.items() for part, array in forest.as_arrays().items()}


def read_forests(arrays: Mapping[str, NDArray[Any]], names: Sequence[Name]) -> dict[Name, Forest]:
    """Read the forests with these names that :func:`forest_arrays` wrote.

    Raises
    ------
    KeyError
        If a part is missing.
    """

    def part(prefix: str) -> dict[str, NDArray[Any]]:
        return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}

    return {name: Forest.from_arrays(part(f"{name}.")) for name in names}
