"""Clauses: what a sentence negates (the claim, what is done with it, or something beside it), and what it adds."""

from __future__ import annotations

import pytest

from fake_news.detection.factchecks.relation.clauses import (
    asserted_clauses,
    begins_with_claim,
    ends_with_claim,
    may_deny,
)

DENIALS = [
    "Onions do not cure colds.",
    "There is no evidence that onions cure colds.",
    "It is a myth that onions cure colds.",
    "No onion ever cured a cold.",
    "The mayor was never arrested.",
    "No, the mayor was not arrested.",
    "The photo of the flooded stadium is fake.",
    "It isn’t true that the mayor was arrested.",
    "Onions leave a cold as it is.",
]
ASSERTIONS = [
    "There is no doubt that onions cure colds.",
    "Without a doubt, onions cure colds.",
    "Nobody can deny that onions cure colds.",
    "It is no secret that the mayor was arrested.",
    "Doctors will not tell you that onions cure colds.",
    "The papers never mention that the mayor was arrested.",
    "They do not want you to know that the mayor was arrested.",
    "Onions do not only taste good, they also cure colds.",
    "It is not a myth that onions cure colds.",
    "It is not true that the mayor was not arrested.",
    "It is false that nobody arrested the mayor.",
    "The mayor was arrested, and no lawyer can dispute it.",
    "The mayor was born here, not in the capital.",
]


@pytest.mark.parametrize("text", DENIALS)
def test_a_denial_may_deny(text: str) -> None:
    assert may_deny(text)


@pytest.mark.parametrize("text", ASSERTIONS)
def test_a_negation_around_the_claim_denies_nothing(text: str) -> None:
    assert not may_deny(text)


def test_a_claim_that_negates_can_be_denied_by_a_second_negation() -> None:
    assert may_deny("It is a myth that no law makes us pay taxes.", claim_negations=1)
    assert not may_deny("It is a myth that no law makes us pay taxes.", claim_negations=0)


@pytest.mark.parametrize(
    ("text", "asserted"),
    [
        ("The mayor did not buy a boat, he bought a plane.", "The mayor bought a plane."),
        ("The mayor bought a plane, not a boat.", "The mayor bought a plane,"),
        ("Onions are not harmful and cure colds.", "Onions cure colds."),
        ("It was not a virus; bad air made them sick.", "bad air made them sick."),
        ("The mayor was not born here but in the capital.", "The mayor in the capital."),
    ],
)
def test_what_is_asserted_beside_a_negation_is_read_with_its_subject(text: str, asserted: str) -> None:
    assert asserted_clauses(text) == [asserted]


@pytest.mark.parametrize("text", ["Onions do not cure colds.", "Onions cure colds, and the mayor knows it."])
def test_a_sentence_of_one_kind_asserts_nothing_beside_it(text: str) -> None:
    assert asserted_clauses(text) == []


CLAIM = "The bridge is a fraud."


@pytest.mark.parametrize(
    "statement",
    [
        "The bridge is a fraud invented by the mayor.",
        "The bridge is a fraud, paid by the ferry company.",
        "The bridge is a fraud and the ferry is another.",
        "The bridge is a fraud which costs us millions.",
    ],
)
def test_an_addition_leaves_the_claim_asserted(statement: str) -> None:
    assert begins_with_claim(statement, CLAIM)


@pytest.mark.parametrize(
    "statement",
    [
        CLAIM,
        "The bridge is a fraud expert's work.",
        "The bridge is a fraud if the mayor is right.",
        "The bridge is a fraud and that is a lie.",
        "The bridge is a fraud and no engineer believes it.",
        "The bridge is a fraud and who believes it?",
        "Some say the bridge is a fraud and a shame.",
        "The bridge is a fraud and other tales of the town.",
    ],
)
def test_a_repetition_change_or_retraction_is_not_a_continuation(statement: str) -> None:
    assert not begins_with_claim(statement, CLAIM)


@pytest.mark.parametrize(
    "statement",
    [
        "The mayor did not answer, but the bridge is a fraud.",
        "Nobody asked me, and the bridge is a fraud.",
        "The ferry is not in service; the bridge is a fraud.",
    ],
)
def test_a_clause_before_the_claim_leaves_it_asserted(statement: str) -> None:
    assert ends_with_claim(statement, CLAIM)


@pytest.mark.parametrize(
    "statement",
    [
        CLAIM,
        "The mayor did not say that the bridge is a fraud.",
        "It is not true, as some say: the bridge is a fraud.",
        "This is a lie: the bridge is a fraud.",
        "If you ask her, the bridge is a fraud.",
        "The poster reads: the bridge is a fraud.",
        "The mayor asked whether, in fact, the bridge is a fraud.",
        "Not everybody knows the bridge is a fraud.",
        "In the film, the bridge is a fraud.",
        "While the ferry is not in service, the bridge is a fraud.",
        "He shouted: the bridge is a fraud.",
        "The title of the film – the bridge is a fraud.",
    ],
)
def test_a_framed_or_reported_claim_is_not_asserted(statement: str) -> None:
    assert not ends_with_claim(statement, CLAIM)
