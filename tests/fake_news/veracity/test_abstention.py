"""A label only where the thresholds allow one."""

from __future__ import annotations

import pytest

from fake_news.veracity.abstention import Abstention
from fake_news.verdict import Label

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
    abstention = Abstention(below, above)
    assert [abstention.label(probability) for probability in (0.0, 0.2, 0.2001, 0.7999, 0.8, 1.0)] == expected
