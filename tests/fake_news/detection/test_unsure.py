"""Why a claim is unsure: too short, newer than every ruling, or without a ruling."""

from __future__ import annotations

import pytest

from fake_news.detection.text.tokens import tokenize
from fake_news.detection.unsure import why_unsure
from fake_news.detection.verdict import Why

NEWEST = "2025-02-18"


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("Vaccines cause autism.", Why.NO_RULING),
        ("Crime fell.", Why.TOO_SHORT),
        ("burned forty thousand ballots", Why.TOO_SHORT),
        ("The county burned forty thousand ballots", Why.NO_RULING),
        ("The county closed two bridges in 2026.", Why.NEWER),
        ("The county has closed two bridges since March 3, 2025.", Why.NEWER),
        ("The county closed two bridges in Feb. 2025.", Why.NO_RULING),
        ("The county closed two bridges in 2025.", Why.NO_RULING),
        ("The county closed two bridges in 2019.", Why.NO_RULING),
        ("The county paid 2030 dollars for 2040 bridges.", Why.NO_RULING),
        ("The county lost votes in 2030 percent of its towns.", Why.NO_RULING),
        ("The county spent 2,031 dollars.", Why.NO_RULING),
    ],
)
def test_why(statement: str, why: Why) -> None:
    assert why_unsure(statement, tokenize(statement), NEWEST) is why


def test_without_rulings_nothing_is_newer() -> None:
    statement = "The county closed two bridges in 2026."
    assert why_unsure(statement, tokenize(statement), None) is Why.NO_RULING
