"""What is said of a clause that a statement denies as a whole, and what becomes of the statement."""

from __future__ import annotations

from fake_news.detection.factchecks.fact_check import FactCheck
from fake_news.detection.factchecks.match_result import Match, MatchResult, add_denied_clause
from fake_news.detection.factchecks.relation.meaning import Meaning
from fake_news.detection.verdict import Label, Relation


def match(ruling: Label, relation: Relation, says: Label | None, url: str = "https://facts.example/a") -> Match:
    facts = FactCheck("Creek Facts", ruling.title(), ruling, "", "", "2030-01-01", url)
    return Match(0, facts, Meaning(relation, says, 0.95), 0.9, "")


SAID_FALSE = match(Label.FALSE, Relation.SAME_CLAIM, Label.FALSE)
SAID_TRUE = match(Label.TRUE, Relation.SAME_CLAIM, Label.TRUE)
NOTHING = MatchResult([], None)


def labels(result: MatchResult) -> list[tuple[Relation, Label | None]]:
    return [(one.meaning.relation, one.meaning.label) for one in result.matches]


def test_who_denies_a_false_clause_says_something_true() -> None:
    found = add_denied_clause(NOTHING, MatchResult([SAID_FALSE], None))
    assert labels(found) == [(Relation.OPPOSITE_CLAIM, Label.TRUE)]


def test_who_denies_a_true_clause_says_something_false() -> None:
    found = add_denied_clause(NOTHING, MatchResult([SAID_TRUE], None))
    assert labels(found) == [(Relation.OPPOSITE_CLAIM, Label.FALSE)]


def test_a_ruling_that_decides_the_statement_differently_overrides_the_clause() -> None:
    whole = MatchResult([SAID_FALSE], None)
    assert add_denied_clause(whole, MatchResult([SAID_FALSE], None)) is whole


def test_what_speaks_against_the_label_leaves_the_clause_aside() -> None:
    whole = MatchResult([], None, frozenset([Label.TRUE]))
    assert add_denied_clause(whole, MatchResult([SAID_FALSE], None)) is whole


def test_of_a_denied_denial_nothing_follows() -> None:
    denied = match(Label.FALSE, Relation.OPPOSITE_CLAIM, Label.TRUE)
    assert add_denied_clause(NOTHING, MatchResult([denied], None)) is NOTHING


def test_a_related_ruling_that_decides_by_the_clause_is_shown_once() -> None:
    related = match(Label.FALSE, Relation.RELATED, None)
    found = add_denied_clause(MatchResult([related], None), MatchResult([SAID_FALSE], None))
    assert labels(found) == [(Relation.OPPOSITE_CLAIM, Label.TRUE)]
