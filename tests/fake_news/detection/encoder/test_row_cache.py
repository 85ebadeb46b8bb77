"""The cache of rows: each is computed once, the oldest go first, and the order is that of the keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from fake_news.common.arrays import Float32Array
from fake_news.detection.encoder.row_cache import RowCache


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def cache(asked: list[str]) -> RowCache[str]:
    def lengths(keys: Sequence[str]) -> Float32Array:
        asked.extend(keys)
        return np.array([[len(key), 1.0] for key in keys], dtype=np.float32).reshape(len(keys), 2)

    return RowCache(lengths, width=2, most=2)


def test_rows_are_in_the_order_of_their_keys(cache: RowCache[str]) -> None:
    assert cache(["lamp", "boat", "a", "lamp"])[:, 0].tolist() == [4.0, 4.0, 1.0, 4.0]


def test_a_row_is_computed_once(cache: RowCache[str], asked: list[str]) -> None:
    cache(["lamp", "lamp"])
    cache(["a", "lamp"])
    assert asked == ["lamp", "a"]


def test_the_row_that_was_not_asked_for_longest_goes_first(cache: RowCache[str], asked: list[str]) -> None:
    cache(["lamp", "boat"])
    cache(["lamp"])
    cache(["a"])
    cache(["lamp", "boat"])
    assert asked == ["lamp", "boat", "a", "boat"]


def test_an_emptied_cache_computes_again(cache: RowCache[str], asked: list[str]) -> None:
    cache(["lamp"])
    cache.clear()
    cache(["lamp"])
    assert asked == ["lamp", "lamp"]


def test_no_keys(cache: RowCache[str]) -> None:
    assert cache([]).shape == (0, 2)
