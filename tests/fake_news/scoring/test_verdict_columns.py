"""What a row says about its text."""

from __future__ import annotations

from typing import Any

import pytest

from fake_news.detection.verdict import Label
from fake_news.scoring.chunk import ADDED, verdict_columns


def statement(label: str, probability: float | None = None, note: str | None = None) -> dict[str, Any]:
    return {
        "label": label,
        "basis": "model",
        "probability": probability,
        "check_worthiness": 0.5,
        "note": note,
    }


def test_the_leading_statement_is_the_one_to_look_at_first() -> None:
    labels = ["no-claim", "unsure", "likely-true", "true", "mixed", "likely-false", "false"]
    assert set(labels) == {label.value for label in Label}
    for end in range(1, len(labels) + 1):
        columns = verdict_columns([statement(label) for label in labels[:end]], all_statements=True)
        assert columns["verdict_label"] == labels[end - 1]
        assert columns["verdict_claims"] == end - 1
        assert columns["verdict_doubtful"] == max(0, end - 5)


def test_among_equals_it_is_the_least_probable_and_then_the_first() -> None:
    said = [statement("unsure", None, "not-english"), statement("unsure", 0.6), statement("unsure", 0.4)]
    assert verdict_columns(said, all_statements=True)["verdict_probability"] == 0.4
    assert verdict_columns(said[:1], all_statements=True)["verdict_note"] == "not-english"


@pytest.mark.parametrize(("statements", "note"), [(None, "no-text"), ([], "no-statement")])
def test_nothing_to_judge(statements: Any, note: str) -> None:
    columns = verdict_columns(statements, all_statements=True)
    assert columns["verdict_note"] == note
    assert (columns["verdict_label"], columns["verdict_claims"], columns["verdict_statements"]) == (None, 0, [])


def test_the_columns_are_always_the_same() -> None:
    for said in (None, [], [statement("false", 0.1)]):
        assert list(verdict_columns(said, all_statements=True)) == list(ADDED)
        assert list(verdict_columns(said, all_statements=False)) == [name for name in ADDED if "statements" not in name]
