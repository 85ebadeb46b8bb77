"""Bearing: what rulings say of a statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from fake_news.common.arrays import Float32Array
from fake_news.detection.factchecks.fact_check import FactCheck
from fake_news.detection.factchecks.relation.meaning import Meaning, opposite_of
from fake_news.detection.verdict import Label, Relation

REPEATED_FROM = 0.985
"""Likeness from which a statement repeats a claim word for word, or nearly."""


@dataclass(frozen=True, slots=True)
class Match:
    """A ruling found for a statement.

    Attributes
    ----------
    claim : its row in its library
    meaning : what it means for the statement
    cosine : likeness of the two vectors
    text : the claim in the fact-check's words, where these may be kept
    title : what the ruling is on in our own words, empty where we have none; ``None`` unless found by a core claim
    may_decide : whether nothing that symbols see speaks against its deciding: whose words they are, numbers, directions
    same_negation : whether statement and claim deny equally often
    """

    claim: int
    fact_check: FactCheck
    meaning: Meaning
    cosine: float
    text: str
    title: str | None = None
    may_decide: bool = True
    same_negation: bool = True

    def as_part(self) -> Match:
        """The match where only a clause of the statement was read: a false part makes the whole false, no more."""
        return self if self.meaning.label in (None, Label.FALSE) else self.as_related()

    def as_related(self) -> Match:
        """The match as one that decides nothing."""
        return replace(self, meaning=Meaning(Relation.RELATED, None, self.meaning.probability))


class NearbyClaims(NamedTuple):
    """All rulings near a statement, whatever they mean for it.

    Attributes
    ----------
    features, cosine : (claims, features), (claims,) of the pairs
    matches : of each, as ones that decide nothing
    """

    features: Float32Array
    cosine: Float32Array
    matches: list[Match]


class MatchResult(NamedTuple):
    """What the rulings say of a statement.

    Attributes
    ----------
    matches : those that decide or are related, the surest first
    near : all that were looked at; ``None`` for a statement that is read in parts
    against : labels against which a ruling speaks that does not decide: a stamp is right or absent
    """

    matches: list[Match]
    near: NearbyClaims | None
    against: frozenset[Label] = frozenset()


def join_libraries(of_libraries: Sequence[MatchResult]) -> MatchResult:
    """What the rulings of all libraries say of a passage."""
    near = [result.near for result in of_libraries if result.near]
    against = frozenset[Label]().union(*(result.against for result in of_libraries))
    matches = [
        match.as_related() if match.meaning.label in against and match.cosine < REPEATED_FROM else match
        for result in of_libraries
        for match in result.matches
    ]
    return MatchResult(
        resolve_conflicts(matches),
        NearbyClaims(
            np.concatenate([one.features for one in near]),
            np.concatenate([one.cosine for one in near]),
            [match for one in near for match in one.matches],
        ),
        against,
    )


def resolve_conflicts(matches: Sequence[Match]) -> list[Match]:
    """The matches, where core claims decide otherwise than others: then a claim that is repeated stands alone.

    Where none is, core claims decide nothing.
    """
    deciding = [match for match in matches if match.meaning.label]
    if len({match.meaning.label for match in deciding}) < 2 or all(match.title is None for match in deciding):
        return list(matches)
    nearest = max(deciding, key=lambda match: match.cosine)
    if nearest.cosine >= REPEATED_FROM:
        kept = {nearest.meaning.label}
        return [match if match.meaning.label in kept else match.as_related() for match in matches]
    return [match.as_related() if match.title is not None else match for match in matches]


def merge_passages(of_passages: Sequence[MatchResult]) -> MatchResult:
    """What is said of all passages of a statement, the surest first, each ruling once."""
    matches = [match for result in of_passages for match in result.matches]
    if len(of_passages) > 1:
        matches = [match.as_part() for match in matches]
    matches.sort(key=lambda match: (match.meaning.label is None, -match.meaning.probability, -match.cosine))
    seen: set[tuple[int, str, bool]] = set()
    kept = []
    for match in matches:
        if (key := (match.claim, match.fact_check.url, match.title is None)) not in seen:
            seen.add(key)
            kept.append(match)
    return MatchResult(kept, of_passages[0].near if len(of_passages) == 1 else None)


def add_denied_clause(whole: MatchResult, clause: MatchResult) -> MatchResult:
    """What is said of a statement that denies a clause as a whole, and so is true where the clause is false.

    Rulings that decide the statement itself, or speak against the label, leave the clause's aside.
    """
    turned = [
        replace(match, meaning=Meaning(Relation.OPPOSITE_CLAIM, label, match.meaning.probability))
        for match in clause.matches
        if match.meaning.relation is Relation.SAME_CLAIM and (label := opposite_of(match.meaning.label))
    ]
    labels = {match.meaning.label for match in [*turned, *whole.matches] if match.meaning.label}
    if len(labels) != 1 or labels & whole.against:
        return whole
    urls = {match.fact_check.url for match in turned}
    others = [match for match in whole.matches if match.meaning.label or match.fact_check.url not in urls]
    return whole._replace(matches=[*turned, *others])
