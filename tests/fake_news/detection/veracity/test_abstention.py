"""From log-odds to a label, or to the reason why there is none."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from fake_news.detection.text.tokens import tokenize
from fake_news.detection.veracity.abstention import Abstention, PlattScaling, why_unsure
from fake_news.detection.verdict import Label, Why

FALSE, UNSURE, TRUE = Label.LIKELY_FALSE, Label.UNSURE, Label.LIKELY_TRUE


@pytest.mark.parametrize(
    ("below", "above", "expected"),
    [
        (0.2, 0.8, [FALSE, FALSE, UNSURE, UNSURE, TRUE, TRUE]),
        (None, 0.8, [UNSURE, UNSURE, UNSURE, UNSURE, TRUE, TRUE]),
        (0.2, None, [FALSE, FALSE, UNSURE, UNSURE, UNSURE, UNSURE]),
        (None, None, [UNSURE] * 6),
        (0.0, 1.0, [FALSE, UNSURE, UNSURE, UNSURE, UNSURE, TRUE]),
    ],
)
def test_labels(below: float | None, above: float | None, expected: list[Label]) -> None:
    abstention = Abstention(below, above, false_claim_score_from=-1.0)
    probabilities = (0.0, 0.2, 0.2001, 0.7999, 0.8, 1.0)
    assert [abstention.label(probability, false_claim_score=-1.0) for probability in probabilities] == expected


@pytest.mark.parametrize(
    ("false_claim_score_from", "expected"),
    [(2.0, [UNSURE, FALSE, FALSE]), (2.0001, [UNSURE, UNSURE, FALSE]), (None, [UNSURE, UNSURE, UNSURE])],
)
def test_without_a_high_false_claim_score_nothing_is_called_false(
    false_claim_score_from: float | None, expected: list[Label]
) -> None:
    abstention = Abstention(0.2, 0.8, false_claim_score_from)
    assert [abstention.label(0.1, score) for score in (-9.0, 2.0, 9.0)] == expected
    assert {abstention.label(0.9, score) for score in (-9.0, 2.0, 9.0)} == {TRUE}


def test_the_earlier_name_is_understood() -> None:
    earlier = {"likely_false_below": 0.2, "likely_true_above": None, "suspicious_from": 2.0}
    assert Abstention.read(earlier) == Abstention(0.2, None, 2.0)
    assert Abstention.read(asdict(Abstention(0.2, None, 2.0))) == Abstention(0.2, None, 2.0)


def test_another_name_is_refused() -> None:
    with pytest.raises(TypeError, match="likely_never"):
        Abstention.read({"likely_false_below": 0.2, "likely_true_above": None, "likely_never": 2.0})


@pytest.mark.parametrize(("logit", "expected"), [(0.0, -0.5), (1.0, 1.5), (-2.0, -4.5)])
def test_calibrated_logit(logit: float, expected: float) -> None:
    assert PlattScaling(slope=2.0, intercept=-0.5, base_rate=0.5)(logit) == expected


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
def test_why_a_claim_is_unsure(statement: str, why: Why) -> None:
    assert why_unsure(statement, tokenize(statement), NEWEST) is why


def test_without_rulings_nothing_is_newer() -> None:
    statement = "The county closed two bridges in 2026."
    assert why_unsure(statement, tokenize(statement), None) is Why.NO_RULING
