"""What rulings on similar claims make likely, and of which sentences nothing is."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.detection.factchecks.fact_check import FactCheck
from fake_news.detection.factchecks.match_result import Match, NearbyClaims
from fake_news.detection.factchecks.relation.meaning import Meaning
from fake_news.detection.veracity.likely import likely
from fake_news.detection.verdict import Label, Relation
from tests.fake_news.detection.veracity.test_similar_rulings import asks_what_rulings_say, cosines, pairs

STATEMENT = "The harbour was sold to a circus."


def near(*rulings: Label, cosine: float = 0.9) -> NearbyClaims:
    """Rulings on what the statement says, so far as the head can tell."""
    matches = [
        Match(row, fact_check(label, row), Meaning(Relation.RELATED, None, 0.5), cosine, "")
        for row, label in enumerate(rulings)
    ]
    return NearbyClaims(pairs(*["same"] * len(rulings)), cosines(*[cosine] * len(rulings)), matches)


def fact_check(label: Label, number: int) -> FactCheck:
    return FactCheck(
        publisher=f"Creek Facts {number}",
        rating=label.value,
        label=label,
        speaker="",
        claim_date="",
        review_date="2024-05-01",
        url=f"https://creek.example/{number}",
    )


@pytest.mark.parametrize(("ruling", "label"), [(Label.FALSE, Label.LIKELY_FALSE), (Label.TRUE, Label.LIKELY_TRUE)])
def test_two_rulings_make_it_likely_and_are_shown(ruling: Label, label: Label) -> None:
    found = likely(asks_what_rulings_say(0.9), STATEMENT, near(ruling, ruling))
    assert found is not None
    assert (found.label, len(found.rulings)) == (label, 2)
    assert (found.probability_true > 0.9) is (ruling is Label.TRUE)


def test_one_ruling_makes_nothing_likely() -> None:
    assert likely(asks_what_rulings_say(0.9), STATEMENT, near(Label.FALSE)) is None
    assert likely(asks_what_rulings_say(0.9), STATEMENT, near(Label.FALSE, Label.TRUE)) is None


def test_where_both_are_likely_it_is_not_called_true() -> None:
    found = likely(asks_what_rulings_say(0.9), STATEMENT, near(Label.FALSE, Label.FALSE, Label.TRUE, Label.TRUE))
    assert found is not None
    assert found.label is Label.LIKELY_FALSE


@pytest.mark.parametrize(
    "statement",
    [
        "Was the harbour sold to a circus?",
        "The harbour was not sold to a circus.",
        "The mayor said that the harbour was sold to a circus.",
        "I wish the harbour were sold to a circus.",
    ],
)
@pytest.mark.parametrize("ruling", [Label.FALSE, Label.TRUE])
def test_a_sentence_that_asks_denies_reports_or_wishes_is_left_alone(statement: str, ruling: Label) -> None:
    assert likely(asks_what_rulings_say(0.9), statement, near(ruling, ruling)) is None


def test_without_a_model_or_rulings_nothing_is_likely() -> None:
    assert likely(None, STATEMENT, near(Label.FALSE, Label.FALSE)) is None
    assert likely(asks_what_rulings_say(0.9), STATEMENT, None) is None
    assert (
        likely(asks_what_rulings_say(0.9), STATEMENT, NearbyClaims(pairs(), np.empty(0, dtype=np.float32), [])) is None
    )
