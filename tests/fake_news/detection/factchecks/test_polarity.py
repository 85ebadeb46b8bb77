"""What turns a claim into its opposite is noticed."""

from __future__ import annotations

import pytest

from fake_news.detection.factchecks.polarity import clash, directions, effects_differ, find_negations
from fake_news.detection.text.tokens import tokenize


def said(text: str) -> list[int]:
    return [direction for _, direction in directions([token.form for token in tokenize(text)])]


@pytest.mark.parametrize(
    ("left", "right", "opposite"),
    [
        ("Prices rose.", "Prices fell.", True),
        ("Prices rose.", "Prices have risen.", False),
        ("Prices rose and wages fell.", "Wages fell while prices rose.", False),
        ("Higher prices, lower wages", "Higher prices, higher wages", True),
        ("The mayor supports the bridge.", "The mayor opposes the bridge.", True),
        ("Prices rose.", "The bridge is old.", False),
        ("before the flood", "after the flood", True),
    ],
)
def test_directions(left: str, right: str, opposite: bool) -> None:
    assert clash(said(left), said(right)) is opposite
    assert clash(said(right), said(left)) is opposite


@pytest.mark.parametrize(
    ("text", "places", "turned"),
    [
        ("prices have not risen", [2], ["risen"]),
        ("nobody repaired bridges", [0], ["repaired", "bridges"]),
        ("not only bridges", [], []),
        ("he never said that prices rose", [1], ["said"]),
        ("prices rose", [], []),
    ],
)
def test_negations(text: str, places: list[int], turned: list[str]) -> None:
    forms = text.split()
    content = [form not in ("have", "not", "nobody", "never", "he", "that", "only") for form in forms]
    marks, found = find_negations(forms, content)
    assert found == places
    assert [form for form, mark in zip(forms, marks, strict=True) if mark] == turned


@pytest.mark.parametrize(
    ("statement", "differ"),
    [
        ("Salt cures colds.", True),
        ("Colds are prevented by salt.", True),
        ("Colds are caused by salt.", False),
        ("Salt does not prevent colds, it causes them.", False),
        ("Salt is bad for you.", False),
    ],
)
def test_causing_and_curing_are_told_apart(statement: str, differ: bool) -> None:
    claim = "Salt causes colds."
    assert (effects_differ(statement, claim), effects_differ(claim, statement)) == (differ, differ)
