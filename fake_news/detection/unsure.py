"""The reason why a claim is unsure, as far as its words show more than that no ruling decides it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fake_news.detection.text.tokens import Token
from fake_news.detection.verdict import Why

_FEWEST_WORDS, _FEWEST_OF_A_PART = 3, 5
_ENDS = tuple(".!?…\"”’'»")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BEFORE_YEARS = (
    "in by since until till of during from after before through early late mid spring summer autumn winter fall"
)
_DATE = re.compile(
    rf"\b(?:(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?,?|{'|'.join(_BEFORE_YEARS.split())})\s+(?:\d{{1,2}},\s+)?"
    r"(?P<year>20\d\d)\b(?![.,]\d|[-–]\d|\s*(?:%|percent|people|million|billion))",
    re.IGNORECASE,
)
"""A year in a date: a number alone may count anything."""


def why_unsure(statement: str, tokens: Sequence[Token], newest: str | None) -> Why:
    """Say why no ruling decides a claim.

    Parameters
    ----------
    newest : the day of the newest ruling, ISO 8601

    >>> from fake_news.detection.text.tokens import tokenize
    >>> claim = "The county closed two bridges in May 2031."
    >>> why_unsure(claim, tokenize(claim), "2025-02-18").value
    'newer'
    """
    words = sum(token.form[:1].isalnum() for token in tokens)
    if words < (_FEWEST_WORDS if statement.rstrip().endswith(_ENDS) else _FEWEST_OF_A_PART):
        return Why.TOO_SHORT
    if newest is not None and any(_is_later(date, newest) for date in _DATE.finditer(statement)):
        return Why.NEWER
    return Why.NO_RULING


def _is_later(date: re.Match[str], newest: str) -> bool:
    month = _MONTHS.index(date["month"].lower()) + 1 if date["month"] else 1
    return f"{date['year']}-{month:02}" > newest[:7]
