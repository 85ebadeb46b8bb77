"""Which words moved a verdict: the reasons of the word model, and the score with a word less the score without it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_news.detection.detector import Detector
from fake_news.detection.text.tokens import tokenize
from fake_news.detection.veracity.influence import MOST_WORDS, influence, strongest_reasons
from fake_news.detection.verdict import Label, Reason
from tests.fake_news.strategies import repeatable

CLAIM = "The COVID-19 vaccine makes 90% of arms magnetic."


def words_of(text: str, found: Sequence[object]) -> list[str]:
    return [text[one.start : one.end] for one in found]  # type: ignore[attr-defined]


def test_a_word_s_weight_is_what_the_score_loses_without_it() -> None:
    def scores(texts: Sequence[str]) -> list[float]:
        return [2.0 * ("magnetic" in text) - 0.5 * ("COVID-19" in text) for text in texts]

    found = influence(CLAIM, scores)
    assert words_of(CLAIM, found) == ["COVID-19", "magnetic"]
    assert [one.weight for one in found] == [-0.5, 2.0]


def test_the_rest_of_the_sentence_stays_as_it_was() -> None:
    asked: list[str] = []

    def scores(texts: Sequence[str]) -> list[float]:
        asked.extend(texts)
        return [0.0] * len(texts)

    influence("the mayor sold 90% of arms", scores)
    assert asked == [
        "the mayor sold 90% of arms.",
        "mayor sold 90% of arms.",
        "the sold 90% of arms.",
        "the mayor 90% of arms.",
        "the mayor sold of arms.",
        "the mayor sold 90% arms.",
        "the mayor sold 90% of.",
    ]


def test_where_a_score_says_nothing_no_word_counted() -> None:
    assert influence(CLAIM, lambda texts: [None, *(1.0 for _ in texts[1:])]) == ()
    found = influence(CLAIM, lambda texts: [1.0, None, *(0.0 for _ in texts[2:])])
    assert words_of(CLAIM, found)[0] == "COVID-19", "the first word has no score"


def test_a_long_sentence_costs_nothing() -> None:
    def scores(texts: Sequence[str]) -> list[float]:
        raise AssertionError("it was asked for")

    assert influence("word " * (MOST_WORDS + 1), scores) == ()


def test_similar_rulings_count_by_the_words_that_lead_to_them(detector: Detector) -> None:
    claim = "5G causes COVID-19."
    found = detector.influence(claim, Label.LIKELY_FALSE)
    assert "5G" in words_of(claim, found)
    assert min(one.weight for one in found) < -1.0
    assert found == detector.influence(claim, Label.LIKELY_FALSE)


@pytest.mark.parametrize("label", [Label.FALSE, Label.TRUE, Label.UNSURE, Label.NO_CLAIM])
def test_other_verdicts_rest_on_rulings_or_on_a_sum(detector: Detector, label: Label) -> None:
    assert detector.influence(CLAIM, label) == ()


TEXT = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
TOKENS = tokenize(TEXT)


def reasons(*weights: float) -> list[tuple[str, float]]:
    tokens = TOKENS[: len(weights)]
    return [(TEXT[r.start : r.end], r.weight) for r in strongest_reasons(tokens, np.array(weights, dtype=float))]


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
    assert strongest_reasons(TOKENS[:count], np.zeros(count)) == ()


@repeatable
@given(weights=st.lists(st.integers(-900, 900).map(lambda cents: cents / 100), min_size=1, max_size=len(TOKENS)))
def test_every_reason_is_the_sum_of_its_words(weights: list[float]) -> None:
    tokens = TOKENS[: len(weights)]
    found = strongest_reasons(tokens, np.array(weights))
    assert len(found) <= 6
    assert list(found) == sorted(found, key=lambda reason: reason.start)
    for reason in found:
        inside = [w for token, w in zip(tokens, weights, strict=True) if _covers(reason, token.start)]
        assert reason.weight == pytest.approx(sum(inside), abs=1e-4)
        assert all(weight * reason.weight > 0 for weight in inside)


def _covers(reason: Reason, offset: int) -> bool:
    return reason.start <= offset < reason.end
