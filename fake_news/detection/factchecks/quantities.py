"""Quantities: the numbers of a text with their units, so that "$4 billion" and "4,000,000,000 dollars" agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from fake_news.detection.text.tokens import Token


class Unit(IntEnum):
    """What a number counts, as far as its neighbours show."""

    PLAIN = 0
    PERCENT = 1
    MONEY = 2
    YEAR = 3
    TIMES = 4
    PAIR = 5
    """Two numbers that a slash or a colon joins: a date such as 9/11, a time of day, a score, odds."""


class Quantity(NamedTuple):
    """A number and its unit."""

    value: float
    unit: Unit


_SMALL = {
    word: float(value)
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    word: 10.0 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "b": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
_FIXED = {
    "half": Quantity(50.0, Unit.PERCENT),
    "twothirds": Quantity(200.0 / 3.0, Unit.PERCENT),
    "twice": Quantity(2.0, Unit.TIMES),
    "double": Quantity(2.0, Unit.TIMES),
    "doubled": Quantity(2.0, Unit.TIMES),
    "triple": Quantity(3.0, Unit.TIMES),
    "tripled": Quantity(3.0, Unit.TIMES),
    "quadrupled": Quantity(4.0, Unit.TIMES),
}
_CURRENCIES = frozenset("$€£")
_MONEY_WORDS = frozenset("dollar dollars bucks euro euros pounds cents".split())
_PERCENT_WORDS = frozenset("% percent percentage pct".split())
_TIMES_WORDS = frozenset(["times", "x", "fold"])
_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_ROUNDING = 0.03
_PAIR = re.compile(r"(\d{1,4})[/:](\d{1,4})")


def quantities(tokens: Sequence[Token]) -> list[tuple[int, Quantity]]:
    """Find the quantities of a text in order, each with the place of its first token."""
    forms = [token.form for token in tokens]
    found = []
    i = 0
    while i < len(forms):
        if fixed := _FIXED.get(forms[i]):
            found.append((i, fixed))
            i += 1
            continue
        if pair := _PAIR.fullmatch(forms[i]):
            found.append((i, Quantity(float(pair[1]) + float(pair[2]) / 1e4, Unit.PAIR)))
            i += 1
            continue
        value, after = _number(forms, i)
        if value is None:
            i += 1
            continue
        written = forms[i]
        unit = _unit(forms, i, after, value, written)
        found.append((i, Quantity(value, unit)))
        i = after
    return found


def agree(left: Quantity, right: Quantity) -> bool:
    """Whether two quantities may be the same: comparable units, and values equal except for rounding."""
    if not comparable(left.unit, right.unit):
        return False
    if left.unit in (Unit.YEAR, Unit.PAIR):
        return left.value == right.value
    return abs(left.value - right.value) <= _ROUNDING * max(abs(left.value), abs(right.value))


def comparable(left: Unit, right: Unit) -> bool:
    """Whether numbers of these units can contradict each other; amounts of money are often repeated without a sign."""
    return left == right or {left, right} == {Unit.PLAIN, Unit.MONEY}


def _number(forms: Sequence[str], start: int) -> tuple[float | None, int]:
    """Read the number that begins at ``start``, and return where it ends."""
    first = forms[start]
    i = start + 1
    if first[0].isdigit():
        value = _digits(first)
        if value is None:
            return None, i
    elif first in _TENS:
        value = _TENS[first]
        if i < len(forms) and 1.0 <= _SMALL.get(forms[i], 0.0) <= 9.0:
            value += _SMALL[forms[i]]
            i += 1
    elif first in _SMALL:
        # "one" is a pronoun more often than a number, unless it counts a scale.
        if first == "one" and not (i < len(forms) and forms[i] in _SCALES):
            return None, i
        value = _SMALL[first]
    else:
        return None, i
    while i < len(forms) and forms[i] in _SCALES and (len(forms[i]) > 2 or first[0].isdigit()):
        value *= _SCALES[forms[i]]
        i += 1
    return value, i


def _digits(form: str) -> float | None:
    if ":" in form or "/" in form:
        return None  # three numbers or more are not an amount
    parts = form.split(",")
    plain = "".join(parts) if all(len(part.split(".")[0]) == 3 for part in parts[1:]) else form.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None  # 1.2.3


def _unit(forms: Sequence[str], start: int, after: int, value: float, written: str) -> Unit:
    following = forms[after] if after < len(forms) else ""
    if following in _PERCENT_WORDS or (following == "per" and forms[after + 1 : after + 2] == ["cent"]):
        return Unit.PERCENT
    if (start and forms[start - 1] in _CURRENCIES) or following in _MONEY_WORDS:
        return Unit.MONEY
    if following in _TIMES_WORDS:
        return Unit.TIMES
    if written.isdigit() and len(written) == 4 and after == start + 1 and _FIRST_YEAR <= value < _LAST_YEAR:
        return Unit.YEAR
    return Unit.PLAIN
