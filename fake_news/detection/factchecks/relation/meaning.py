"""What a ruling means for a statement: entailment has a direction, and so has a ruling.

| the statement …   | ruling false | ruling true | ruling mixed |
|-------------------|--------------|-------------|--------------|
| says the claim    | false        |             |              |
| follows from it   |              | true        |              |
| both              | false        | true        | mixed        |
| denies it         | true         | false       |              |
| contradicts it    |              | false       |              |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fake_news.detection.verdict import Label, Relation


class Meaning(NamedTuple):
    """What one ruling means for a statement.

    Attributes
    ----------
    label : what it makes of the statement; ``None`` where it decides nothing
    probability : that the relation holds
    """

    relation: Relation
    label: Label | None
    probability: float

    def turned(self) -> Meaning:
        """The meaning of a ruling for a statement, from what the opposite of its claim means for it.

        Who denies the opposite may say the claim, or a third thing: that decides nothing.
        """
        if self.relation is Relation.SAME_CLAIM:
            return self._replace(relation=Relation.OPPOSITE_CLAIM)
        return Meaning(Relation.RELATED, None, self.probability)


def opposite_of(label: Label | None) -> Label | None:
    """What a ruling says of the opposite of its claim: of what is mixed, nothing."""
    return {Label.FALSE: Label.TRUE, Label.TRUE: Label.FALSE}.get(label) if label else None


def meaning_of(ruling: Label | None, odds: Mapping[str, float], bounds: Mapping[str, float]) -> Meaning:
    """What a ruling means for a statement.

    Parameters
    ----------
    odds : the probability of each of the relation model's questions
    bounds : from where each is answered with yes
    """

    def holds(question: str) -> bool:
        return odds[question] >= bounds[question]

    if ruling is Label.FALSE and holds("says"):
        return Meaning(Relation.SAME_CLAIM, Label.FALSE, odds["says"])
    if ruling is Label.TRUE and holds("follows"):
        return Meaning(Relation.SAME_CLAIM, Label.TRUE, odds["follows"])
    if ruling is Label.MIXED and holds("says") and holds("follows"):
        return Meaning(Relation.SAME_CLAIM, Label.MIXED, min(odds["says"], odds["follows"]))
    if ruling is Label.FALSE and holds("denies"):
        return Meaning(Relation.OPPOSITE_CLAIM, Label.TRUE, odds["denies"])
    if ruling is Label.TRUE and (holds("denies") or holds("contradicts")):
        return Meaning(Relation.OPPOSITE_CLAIM, Label.FALSE, max(odds["denies"], odds["contradicts"]))
    return Meaning(Relation.RELATED, None, max(odds["says"], odds["follows"]))
