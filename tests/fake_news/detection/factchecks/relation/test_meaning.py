"""Entailment has a direction: what a ruling means for a statement, cell by cell of the design's table."""

from __future__ import annotations

import pytest

from fake_news.detection.factchecks.relation.meaning import meaning_of
from fake_news.detection.factchecks.relation.model import QUESTIONS
from fake_news.detection.verdict import Label, Relation

BOUNDS = dict.fromkeys(QUESTIONS, 0.5)
SAME, OPPOSITE, RELATED = Relation.SAME_CLAIM, Relation.OPPOSITE_CLAIM, Relation.RELATED
FALSE, TRUE, MIXED = Label.FALSE, Label.TRUE, Label.MIXED
NOTHING = (RELATED, None)
SAYS_THE_SAME, SAYS_MORE, SAYS_LESS = ("says", "follows"), ("says",), ("follows",)
DENIES, CONTRARY, NEITHER = ("denies", "contradicts"), ("contradicts",), ()


@pytest.mark.parametrize(
    ("holds", "ruling", "expected"),
    [
        (SAYS_THE_SAME, FALSE, (SAME, FALSE)),
        (SAYS_THE_SAME, TRUE, (SAME, TRUE)),
        (SAYS_THE_SAME, MIXED, (SAME, MIXED)),
        (SAYS_MORE, FALSE, (SAME, FALSE)),
        (SAYS_MORE, TRUE, NOTHING),
        (SAYS_MORE, MIXED, NOTHING),
        (SAYS_LESS, FALSE, NOTHING),
        (SAYS_LESS, TRUE, (SAME, TRUE)),
        (SAYS_LESS, MIXED, NOTHING),
        (DENIES, FALSE, (OPPOSITE, TRUE)),
        (DENIES, TRUE, (OPPOSITE, FALSE)),
        (DENIES, MIXED, NOTHING),
        (CONTRARY, FALSE, NOTHING),
        (CONTRARY, TRUE, (OPPOSITE, FALSE)),
        (CONTRARY, MIXED, NOTHING),
        (NEITHER, FALSE, NOTHING),
        (SAYS_THE_SAME, None, NOTHING),
        (DENIES, None, NOTHING),
    ],
)
def test_the_meaning_follows_the_table(
    holds: tuple[str, ...], ruling: Label | None, expected: tuple[Relation, Label | None]
) -> None:
    odds = {question: 0.9 if question in holds else 0.1 for question in QUESTIONS}
    assert meaning_of(ruling, odds, BOUNDS)[:2] == expected


def test_a_bound_that_is_not_reached_decides_nothing() -> None:
    odds = dict.fromkeys(QUESTIONS, 0.49)
    assert meaning_of(FALSE, odds, BOUNDS).label is None
