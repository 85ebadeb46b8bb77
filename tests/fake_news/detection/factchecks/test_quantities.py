"""Numbers agree however they are written, and contradict each other only where they count the same."""

from __future__ import annotations

import pytest

from fake_news.detection.factchecks.quantities import Quantity, Unit, agree, quantities
from fake_news.detection.text.tokens import tokenize


def found(text: str) -> list[Quantity]:
    return [quantity for _, quantity in quantities(tokenize(text))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("We spent $4 billion.", 4e9, Unit.MONEY),
        ("We spent 4,000,000,000 dollars.", 4e9, Unit.MONEY),
        ("a rise of 4.3 percent", 4.3, Unit.PERCENT),
        ("a rise of 4.3%", 4.3, Unit.PERCENT),
        ("half of the town", 50.0, Unit.PERCENT),
        ("since 2009", 2009.0, Unit.YEAR),
        ("2,009 lamps", 2009.0, Unit.PLAIN),
        ("forty-two bridges", 42.0, Unit.PLAIN),
        ("three million people", 3e6, Unit.PLAIN),
        ("twice as many", 2.0, Unit.TIMES),
        ("six times the size", 6.0, Unit.TIMES),
        ("at 10:30", 10.003, Unit.PAIR),
    ],
)
def test_one_number(text: str, value: float, unit: Unit) -> None:
    [quantity] = found(text)
    assert (quantity.value, quantity.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize("text", ["no one came", "version 1.2.3", "one of them", "", "on 3/4/2021"])
def test_no_number(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("$4 billion", "4,000,000,000 dollars", True),
        ("4 billion", "$4.05 billion", True),
        ("4 billion", "$5 billion", False),
        ("10 percent", "10 people", False),
        ("in 2012", "in 2013", False),
        ("in 2012", "in 2012", True),
        ("since 9/11", "since 9/11", True),
        ("since 9/11", "since 9/12", False),
        ("since 9/11", "9 of us", False),
    ],
)
def test_quantities_agree_up_to_rounding(left: str, right: str, same: bool) -> None:
    assert agree(found(left)[0], found(right)[0]) is same


def test_places_are_those_of_the_first_token() -> None:
    assert [place for place, _ in quantities(tokenize("In 2009 forty-two bridges"))] == [1, 2]
