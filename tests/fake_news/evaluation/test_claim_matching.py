"""What counts as a sentence, and which edits change a claim."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.data.claim_pairs import KnownLie
from fake_news.evaluation.claim_matching import _concerns, _distinct
from fake_news.training.claim_matching.edits import change_number

FERRY = "The ferry sank twice."


def lie(event: str, text: str, gold: int, note: str = "") -> KnownLie:
    return KnownLie(event, "1", text, text, frozenset([gold]), note)


def test_a_sentence_with_several_fact_checks_is_one() -> None:
    found = _distinct([lie("a", FERRY, 1), lie("a", FERRY, 2, "WEAK"), lie("b", FERRY, 3), lie("a", "It rose.", 4)])
    assert [(one.event, one.gold) for one in found] == [("a", {1, 2}), ("b", {3}), ("a", {4})]
    assert [bool(one.doubtful) for one in found] == [True, False, False]


@pytest.mark.parametrize(
    ("edited", "concerns"),
    [
        ("The ferry sank twice, and Ohio paid.", False),
        ("The ferry rose twice, and Iowa paid.", True),
        ("It is not true that the ferry sank twice, and Iowa paid.", True),
    ],
)
def test_an_edit_concerns_what_the_claim_speaks_about(edited: str, concerns: bool) -> None:
    text = "The ferry sank twice, and Iowa paid."
    assert _concerns((text, edited, frozenset([0])), [FERRY]) is concerns


@pytest.mark.parametrize("text", ["In 2009, the ferry sank.", "It cost 1,250 lamps, and more.", "It rose 4.5 percent."])
def test_a_changed_number_keeps_its_comma(text: str) -> None:
    edited = change_number(text, np.random.default_rng(3))
    assert edited is not None
    assert edited != text
    assert edited.count(", ") == text.count(", ")
