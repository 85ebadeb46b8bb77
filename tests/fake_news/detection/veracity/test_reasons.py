"""Reasons are the strongest runs of words that pull one way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_news.detection.text.tokens import tokenize
from fake_news.detection.veracity.reasons import merged_reasons
from fake_news.detection.verdict import Reason
from tests.fake_news.strategies import repeatable

TEXT = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
TOKENS = tokenize(TEXT)


def reasons(*weights: float) -> list[tuple[str, float]]:
    tokens = TOKENS[: len(weights)]
    return [(TEXT[r.start : r.end], r.weight) for r in merged_reasons(tokens, np.array(weights, dtype=float))]


def test_neighbours_that_pull_the_same_way_are_one_reason() -> None:
    assert reasons(1.0, 0.5, -0.75, -0.25, 2.0) == [("one two", 1.5), ("three four", -1.0), ("five", 2.0)]


def test_what_hardly_matters_is_left_out_and_separates() -> None:
    assert reasons(1.0, 0.01, 1.0, -0.01) == [("one", 1.0), ("three", 1.0)]


def test_the_six_strongest_stay_in_the_order_of_the_text() -> None:
    found = reasons(5, -5, 4, -4, 3, -3, 2, -2)
    assert found == [("one", 5), ("two", -5), ("three", 4), ("four", -4), ("five", 3), ("six", -3)]
    assert reasons(-2, 2, -3, 3, -4, 4, -5, 5)[0] == ("three", -3)


@pytest.mark.parametrize("count", [0, 1, 5])
def test_without_weights_there_is_no_reason(count: int) -> None:
    assert merged_reasons(TOKENS[:count], np.zeros(count)) == ()


@repeatable
@given(weights=st.lists(st.integers(-900, 900).map(lambda cents: cents / 100), min_size=1, max_size=len(TOKENS)))
def test_every_reason_is_the_sum_of_its_words(weights: list[float]) -> None:
    tokens = TOKENS[: len(weights)]
    found = merged_reasons(tokens, np.array(weights))
    assert len(found) <= 6
    assert list(found) == sorted(found, key=lambda reason: reason.start)
    for reason in found:
        inside = [w for token, w in zip(tokens, weights, strict=True) if _covers(reason, token.start)]
        assert reason.weight == pytest.approx(sum(inside), abs=1e-4)
        assert all(weight * reason.weight > 0 for weight in inside)


def _covers(reason: Reason, offset: int) -> bool:
    return reason.start <= offset < reason.end
