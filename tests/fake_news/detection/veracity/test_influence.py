"""How much each word counted: the score with it less the score without it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from fake_news.detection.detector import Detector
from fake_news.detection.veracity.influence import MOST_WORDS, influence
from fake_news.detection.verdict import Label

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
