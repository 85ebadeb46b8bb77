"""A label only where the thresholds allow one."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from fake_news.detection.veracity.abstention import Abstention
from fake_news.detection.verdict import Label

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
