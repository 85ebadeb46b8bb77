"""Who is named, and how a sentence is typed, must hardly move the verdict on it."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Label
from fake_news.evaluation.behaviour import MOST_CHANGE, changes_of_probability, swapped_statements

SWAPPED = swapped_statements()


@pytest.mark.parametrize("kind", SWAPPED)
def test_a_swapped_name_hardly_matters(detector: Detector, kind: str) -> None:
    changes = changes_of_probability(detector, SWAPPED[kind])
    assert len(changes) > 0.7 * sum(len(group) * (len(group) - 1) // 2 for group in SWAPPED[kind])
    assert np.mean(changes) <= MOST_CHANGE


@pytest.mark.parametrize("kind", SWAPPED)
def test_no_swap_turns_false_into_true(detector: Detector, kind: str) -> None:
    for group in SWAPPED[kind]:
        labels = {detector.check(statement)[0].label for statement in group}
        assert not {Label.LIKELY_FALSE, Label.LIKELY_TRUE} <= labels


STATEMENT = "The city's new bridge cost $4 million, and 12 percent of it was paid by the state's taxpayers."
TYPED_OTHERWISE = {
    "curly apostrophes": STATEMENT.replace("'", "’"),
    "no apostrophes": STATEMENT.replace("'", ""),
    "more space": STATEMENT.replace(" ", "  "),
    "no-break spaces": STATEMENT.replace(" ", "\u00a0"),
    "soft hyphens": STATEMENT.replace("taxpayers", "tax\u00adpayers"),
    "zero-width spaces": STATEMENT.replace("million", "mil\u200blion"),
    "space around it": f"  {STATEMENT}\n",
    "footnote mark": f"{STATEMENT}[12]",
}


@pytest.mark.parametrize("typed", TYPED_OTHERWISE.values(), ids=TYPED_OTHERWISE)
def test_typing_does_not_matter(detector: Detector, typed: str) -> None:
    [expected], [found] = detector.check(STATEMENT), detector.check(typed)
    assert expected.probability is not None
    assert found.probability == pytest.approx(expected.probability, abs=0.01)
    assert found.label is expected.label


def test_what_stands_around_a_statement_does_not_matter(detector: Detector) -> None:
    [alone] = detector.check(STATEMENT)
    within = detector.check(f"Good morning, everybody. {STATEMENT} What do you think of it?")
    assert [(v.probability, v.label) for v in within if v.probability is not None] == [(alone.probability, alone.label)]
