"""Abstention: from a model's log-odds to a probability and a label, or to ``unsure`` and the reason for it.

``likely-false`` and ``likely-true`` are given only where the stated error bound allows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fake_news.detection.text.tokens import Token
from fake_news.detection.verdict import Label, Why

_EARLIER_NAMES = {"suspicious_from": "false_claim_score_from"}


@dataclass(frozen=True, slots=True)
class PlattScaling:
    """Calibrated logit = slope · logit + intercept (Platt 1999, "Probabilistic outputs for support vector machines").

    ``base_rate`` is the share of true statements to which the probabilities are calibrated.
    """

    slope: float
    intercept: float
    base_rate: float

    def __call__(self, logit: float) -> float:
        """Calibrate a logit."""
        return self.slope * logit + self.intercept


@dataclass(frozen=True, slots=True)
class Abstention:
    """Turns a calibrated probability into a label.

    Parameters
    ----------
    likely_false_below : largest P(true) called ``likely-false``; ``None`` if no value satisfies the bound
    likely_true_above : smallest P(true) called ``likely-true``; ``None`` if no value satisfies the bound
    false_claim_score_from : smallest false-claim score called ``likely-false``; ``None`` if no value satisfies the
        bound
    """

    likely_false_below: float | None
    likely_true_above: float | None
    false_claim_score_from: float | None

    @classmethod
    def read(cls, settings: Mapping[str, float | None]) -> Abstention:
        """Read the thresholds of a checkpoint; earlier ones have ``suspicious_from`` for the last.

        Raises
        ------
        TypeError
            If one is missing or unknown.
        """
        return cls(**{_EARLIER_NAMES.get(name, name): value for name, value in settings.items()})

    def label(self, probability: float, false_claim_score: float) -> Label:
        """Choose the label for P(true) and the false-claim score of a sentence.

        ``false_claim_score`` is the log-odds that it is a false claim rather than a sentence of an ordinary article.
        Among claims it says less than P(true); on ordinary pages, where nearly nothing deserves to be called false,
        it says more.
        """
        if (
            self.likely_false_below is not None
            and self.false_claim_score_from is not None
            and probability <= self.likely_false_below
            and false_claim_score >= self.false_claim_score_from
        ):
            return Label.LIKELY_FALSE
        if self.likely_true_above is not None and probability >= self.likely_true_above:
            return Label.LIKELY_TRUE
        return Label.UNSURE


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
"""A year within a date: a number on its own may count anything."""


def why_unsure(statement: str, tokens: Sequence[Token], newest: str | None) -> Why:
    """Say why no ruling decides a claim that was compared with them.

    What is not compared, as it is too long or not English, is found by :mod:`fake_news.detection.sentence_analysis`.

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
