"""The two rules before the score, and the score's threshold."""

from __future__ import annotations

import pytest

from fake_news.detection.claims.check_worthiness import CheckWorthiness, sigmoid
from fake_news.detection.text.tokens import tokenize

RULE = CheckWorthiness(threshold=0.4, fewest_words=4)


def score(text: str, logit: float = 3.0) -> float:
    return RULE.score(logit, text, tokenize(text))


@pytest.mark.parametrize(
    ("logit", "expected"),
    [(0.0, 0.5), (1.0, 0.7310585786300049), (-1.0, 0.2689414213699951), (1e6, 1.0), (-1e6, 0.0)],
)
def test_sigmoid(logit: float, expected: float) -> None:
    assert sigmoid(logit) == pytest.approx(expected, abs=1e-15)


def test_a_statement_is_scored_by_the_model() -> None:
    assert score("The city closed two schools.", 0.0) == 0.5
    assert score("The city closed two schools.", 3.0) == sigmoid(3.0)


@pytest.mark.parametrize("text", ["", "Read more", "Our new schools", "2019 2020 2021 $ % 12 closed", "😀"])
def test_fragments_are_no_claims(text: str) -> None:
    assert score(text) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "Did the city close two schools?",
        "“Did the city close two schools?”",
        "(Did the city close two schools?) ",
        "Did the city close two schools?»]",
    ],
)
def test_questions_are_no_claims(text: str) -> None:
    assert score(text) == 0.0


def test_a_question_mark_inside_is_no_question() -> None:
    assert score("“Why now?” asked nobody in the city.") > 0.0


@pytest.mark.parametrize(
    "text",
    [
        "Maria Lopez, John Smith, Wei Zhang, Ahmed Hassan",
        "Council Closes Two Schools",
        "“Harlow Creek Herald”, Town Hall",
    ],
)
def test_headings_and_lists_of_names_are_no_claims(text: str) -> None:
    assert score(text) == 0.0


@pytest.mark.parametrize(
    "text", ["THE CITY CLOSED TWO SCHOOLS", "Harlow Creek closed Two Schools", "“the City Closed Schools”"]
)
def test_shouting_is_no_heading(text: str) -> None:
    assert score(text) == sigmoid(3.0)
