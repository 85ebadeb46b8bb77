"""The relations that a language model chooses from, and what each means for a statement."""

from __future__ import annotations

from enum import StrEnum

from fake_news.detection.factchecks.relation.meaning import Meaning, meaning_of
from fake_news.detection.factchecks.relation.model import QUESTIONS
from fake_news.detection.verdict import Label


class JudgeRelation(StrEnum):
    """A relation of a statement to a checked claim, in the language model's answer."""

    SAME = "same"
    MORE = "says-more"
    LESS = "says-less"
    OPPOSITE = "opposite"
    CONTRARY = "contrary"
    REPORTED = "reported"
    RELATED = "related"


EXPLANATIONS = {
    JudgeRelation.SAME: "the statement and the claim say the same; each follows from the other",
    JudgeRelation.MORE: "the statement says all that the claim says and something further",
    JudgeRelation.LESS: "the statement says only a part of what the claim says, and follows from it",
    JudgeRelation.OPPOSITE: "the statement denies the claim: one is true exactly when the other is false",
    JudgeRelation.CONTRARY: "both cannot be true, but both may be false, such as more against fewer",
    JudgeRelation.REPORTED: "the statement does not assert the claim: it asks, doubts, or calls it false or a rumour",
    JudgeRelation.RELATED: "anything else: another number, name, year, place or role, or only the same topic",
}
"""The explanation of each in the prompt."""

_HOLDS = {
    JudgeRelation.SAME: frozenset(["says", "follows"]),
    JudgeRelation.MORE: frozenset(["says"]),
    JudgeRelation.LESS: frozenset(["follows"]),
    JudgeRelation.OPPOSITE: frozenset(["denies", "contradicts"]),
    JudgeRelation.CONTRARY: frozenset(["contradicts"]),
    JudgeRelation.REPORTED: frozenset[str](),
    JudgeRelation.RELATED: frozenset[str](),
}
_BOUNDS = dict.fromkeys(QUESTIONS, 0.5)


def meaning_of_answer(relation: JudgeRelation, ruling: Label | None) -> Meaning:
    """Derive what a ruling means for a statement if the relation in the model's answer holds.

    >>> meaning_of_answer(JudgeRelation.LESS, Label.FALSE).label is None
    True
    """
    return meaning_of(ruling, {question: float(question in _HOLDS[relation]) for question in QUESTIONS}, _BOUNDS)
