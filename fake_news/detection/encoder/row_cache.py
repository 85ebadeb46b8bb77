"""A cache of a model's output by text, or by pair of texts: the latest are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

import numpy as np

from fake_news.common.arrays import Float32Array

Key = TypeVar("Key", bound=Hashable)


class RowCache(Generic[Key]):
    """Computes a row for each key, once as long as it is kept; threads may share it.

    Parameters
    ----------
    compute : makes the rows of some keys, shape (keys, width)
    width : length of a row
    most : rows that are kept
    """

    def __init__(self, compute: Callable[[Sequence[Key]], Float32Array], width: int, most: int) -> None:
        self._compute = compute
        self._width = width
        self._most = most
        self._rows: OrderedDict[Key, Float32Array] = OrderedDict()
        self._lock = Lock()

    def __call__(self, keys: Sequence[Key]) -> Float32Array:
        """Return the rows of some keys, shape (len(keys), width)."""
        with self._lock:
            found = {key: self._rows[key] for key in keys if key in self._rows}
        new = [key for key in dict.fromkeys(keys) if key not in found]
        found |= dict(zip(new, self._compute(new), strict=True))
        with self._lock:
            for key in keys:
                self._rows[key] = found[key]
                self._rows.move_to_end(key)
            while len(self._rows) > self._most:
                self._rows.popitem(last=False)
        return np.array([found[key] for key in keys], dtype=np.float32).reshape(len(keys), self._width)

    def clear(self) -> None:
        """Empty the cache."""
        with self._lock:
            self._rows.clear()
