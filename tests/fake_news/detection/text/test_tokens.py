"""Tokens: what features are made of, with their places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from fake_news.detection.text.features import character_ngrams, word_ngrams
from fake_news.detection.text.tokens import tokenize
from tests.fake_news.strategies import any_text, repeatable


def forms(text: str) -> list[str]:
    return [token.form for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The Bridge IS closed", ["the", "bridge", "is", "closed"], id="case"),
        pytest.param("doesn't doesn’t doesn‘t doesnʼt doesn`t doesnt", ["doesnt"] * 6, id="every kind of apostrophe"),
        pytest.param(
            "'quoted' ’tis the cities' turn", ["quoted", "tis", "the", "cities", "turn"], id="outer apostrophes"
        ),
        pytest.param("café cafe\u0301 CAFÉ naïve", ["cafe", "cafe", "cafe", "naive"], id="accents, both spellings"),
        pytest.param("un\u200bem\u00adployment", ["unemployment"], id="invisible characters inside words"),
        pytest.param("\u202eright\u202c to", ["right", "to"], id="direction marks"),
        pytest.param(
            "$3.5 million, 12% of 1,200 on 5/6",
            ["$", "3.5", "million", "12", "%", "of", "1,200", "on", "5/6"],
            id="numbers",
        ),
        pytest.param("Really?! Yes.", ["really", "?", "!", "yes"], id="telling marks"),
        pytest.param("snake_case word-pair", ["snake", "case", "word", "pair"], id="joined words"),
        pytest.param("ﬁve ＦＩＶＥ ²", ["five", "five", "2"], id="compatibility characters"),
        pytest.param("为什么 да שלום", ["为什么", "да", "שלום"], id="other scripts"),
        pytest.param("ʼ ﾞ ﾟ", [], id="letters of which no form is left"),
        pytest.param("😀 … — \0 \ud800", [], id="nothing to read"),
    ],
)
def test_normal_forms_of_tokens(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


def test_offsets_are_code_points_of_the_text() -> None:
    text = "😀 The mayor doesn’t cafe\u0301 3.5%"
    assert [text[token.start : token.end] for token in tokenize(text)] == [
        "The",
        "mayor",
        "doesn’t",
        "cafe",
        "3.5",
        "%",
    ]


@repeatable
@given(text=any_text)
def test_tokens_are_ordered_disjoint_and_have_forms(text: str) -> None:
    tokens = tokenize(text)
    assert all(0 <= token.start < token.end <= len(text) and token.form for token in tokens)
    assert all(left.end <= right.start for left, right in pairwise(tokens))


def test_word_ngrams_are_words_and_pairs_of_neighbours() -> None:
    assert word_ngrams(["taxes", "rose", "fast"]) == ["taxes", "rose", "fast", "taxes rose", "rose fast"]
    assert word_ngrams(["taxes"]) == ["taxes"]
    assert word_ngrams([]) == []


def test_character_ngrams_stay_inside_a_word_and_know_its_borders() -> None:
    assert character_ngrams("no") == (" n", "no", "o ", " no", "no ", " no ")
    assert max(map(len, character_ngrams("unemployment"))) == 5
