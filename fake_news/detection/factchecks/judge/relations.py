"""The relations that a language model chooses from, and what each means by the one table of rulings."""

from __future__ import annotations

from enum import StrEnum

from fake_news.detection.factchecks.relation.meaning import Meaning, meaning_of
from fake_news.detection.factchecks.relation.model import QUESTIONS
from fake_news.detection.verdict import Label


class Answered(StrEnum):
    """What may hold between a statement and a checked claim."""

    SAME = "same"
    MORE = "says-more"
    LESS = "says-less"
    OPPOSITE = "opposite"
    CONTRARY = "contrary"
    REPORTED = "reported"
    RELATED = "related"


EXPLAINED = {
    Answered.SAME: "the statement and the claim say the same; each follows from the other",
    Answered.MORE: "the statement says all that the claim says and something further",
    Answered.LESS: "the statement says only a part of what the claim says, and follows from it",
    Answered.OPPOSITE: "the statement denies the claim: one is true exactly when the other is false",
    Answered.CONTRARY: "both cannot be true, but both may be false, such as more against fewer",
    Answered.REPORTED: "the statement does not assert the claim: it asks, doubts, or calls it false or a rumour",
    Answered.RELATED: "anything else: another number, name, year, place or role, or only the same topic",
}
"""Each in the words of the prompt."""

_HOLDS = {
    Answered.SAME: frozenset(["says", "follows"]),
    Answered.MORE: frozenset(["says"]),
    Answered.LESS: frozenset(["follows"]),
    Answered.OPPOSITE: frozenset(["denies", "contradicts"]),
    Answered.CONTRARY: frozenset(["contradicts"]),
    Answered.REPORTED: frozenset[str](),
    Answered.RELATED: frozenset[str](),
}
_BOUNDS = dict.fromkeys(QUESTIONS, 0.5)


def meaning_of_answer(answered: Answered, ruling: Label | None) -> Meaning:
    """What a ruling means for a statement if the relation holds that the model named.

    >>> meaning_of_answer(Answered.LESS, Label.FALSE).label is None
    True
    """
    return meaning_of(ruling, {question: float(question in _HOLDS[answered]) for question in QUESTIONS}, _BOUNDS)
