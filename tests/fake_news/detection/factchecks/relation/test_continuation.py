"""What follows a repeated claim adds to it, or takes it back."""

from __future__ import annotations

import pytest

from fake_news.detection.factchecks.relation.continuation import begins_with_claim, ends_with_claim

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
def test_what_is_added_leaves_the_claim_said(statement: str) -> None:
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
def test_a_clause_before_it_leaves_the_claim_said(statement: str) -> None:
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
def test_a_claim_that_is_framed_or_reported_is_not_come_to(statement: str) -> None:
    assert not ends_with_claim(statement, CLAIM)
