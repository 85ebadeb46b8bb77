"""What follows a repeated claim adds to it, or takes it back."""

from __future__ import annotations

import pytest

from fake_news.detection.factchecks.relation.continuation import says_and_goes_on

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
    assert says_and_goes_on(statement, CLAIM)


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
    ],
)
def test_what_repeats_it_changes_it_or_takes_it_back_is_no_continuation(statement: str) -> None:
    assert not says_and_goes_on(statement, CLAIM)
