"""The meaning of a ruling for a statement, which depends on the direction of entailment and on the ruling.

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

import numpy as np
from numpy.typing import NDArray

from fake_news.detection.verdict import Label, Relation

_JUST_BELOW = 0.999
_CONTRADICTS_FROM = 0.5
"""Share of its bound from which a ruling, without deciding, contradicts the opposite label."""


class Meaning(NamedTuple):
    """What one ruling means for a statement.

    Attributes
    ----------
    label : the label it gives the statement; ``None`` if it decides nothing
    probability : the probability of the relation
    """

    relation: Relation
    label: Label | None
    probability: float

    def for_opposite(self) -> Meaning:
        """Convert the meaning for the claim's opposite into that of the ruling itself.

        Who denies the opposite may say the claim, or a third thing: that decides nothing.
        """
        if self.relation is Relation.SAME_CLAIM:
            return self._replace(relation=Relation.OPPOSITE_CLAIM)
        return Meaning(Relation.RELATED, None, self.probability)


def opposite_of(label: Label | None) -> Label | None:
    """Return the label of the opposite of a claim with this label; ``None`` for mixed."""
    return {Label.FALSE: Label.TRUE, Label.TRUE: Label.FALSE}.get(label) if label else None


def meaning_of(ruling: Label | None, odds: Mapping[str, float], bounds: Mapping[str, float]) -> Meaning:
    """Derive what a ruling means for a statement.

    Parameters
    ----------
    odds : the probability of yes to each of the relation model's questions
    bounds : the probability from which each is answered with yes
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


def lower_below_bound(
    odds: dict[str, NDArray[np.float64]],
    bounds: Mapping[str, float],
    *questions: str,
    where: NDArray[np.bool_] | bool = True,
) -> None:
    """Lower the odds of some questions to just below their bounds."""
    for question in questions:
        most = _JUST_BELOW * bounds[question]
        odds[question] = np.where(where, np.minimum(odds[question], most), odds[question])


def contradicted_label(ruling: Label | None, chances: Mapping[str, float], bounds: Mapping[str, float]) -> Label | None:
    """Find the label that a ruling contradicts although it does not decide.

    A false claim that the statement may well say contradicts *true*, a true one that it may follow from contradicts
    *false*.
    """
    for label, question, against in ((Label.FALSE, "says", Label.TRUE), (Label.TRUE, "follows", Label.FALSE)):
        if ruling is label and chances[question] >= _CONTRADICTS_FROM * bounds[question]:
            return against
    return None
