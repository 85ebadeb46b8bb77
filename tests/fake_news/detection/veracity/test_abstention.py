"""A label only where the thresholds allow one."""

from __future__ import annotations

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
    abstention = Abstention(below, above, suspicious_from=-1.0)
    probabilities = (0.0, 0.2, 0.2001, 0.7999, 0.8, 1.0)
    assert [abstention.label(probability, suspicion=-1.0) for probability in probabilities] == expected


@pytest.mark.parametrize(
    ("suspicious_from", "expected"),
    [(2.0, [UNSURE, FALSE, FALSE]), (2.0001, [UNSURE, UNSURE, FALSE]), (None, [UNSURE, UNSURE, UNSURE])],
)
def test_without_suspicion_nothing_is_called_false(suspicious_from: float | None, expected: list[Label]) -> None:
    abstention = Abstention(0.2, 0.8, suspicious_from)
    assert [abstention.label(0.1, suspicion) for suspicion in (-9.0, 2.0, 9.0)] == expected
    assert {abstention.label(0.9, suspicion) for suspicion in (-9.0, 2.0, 9.0)} == {TRUE}
