"""The result of matching: the rulings found for a statement, and what they mean for it together."""

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
"""Cosine from which a statement repeats a claim word for word, or nearly."""


@dataclass(frozen=True, slots=True)
class Match:
    """A ruling found for a statement.

    Attributes
    ----------
    claim : the row of the claim in its library
    meaning : what the ruling means for the statement
    cosine : similarity of the two vectors
    text : the claim in the fact-check's words, if these may be kept
    title : of a ruling found by a core claim, what it is on as a plain sentence, empty if there is none; else ``None``
    may_decide : whether numbers, directions and the question whose words they are allow the ruling to decide
    same_negation : whether statement and claim have the same number of negations, up to pairs
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
        """Make the match of one clause of a longer statement: only false carries over to the whole."""
        return self if self.meaning.label in (None, Label.FALSE) else self.as_related()

    def as_related(self) -> Match:
        """Make the same match, deciding nothing."""
        return replace(self, meaning=Meaning(Relation.RELATED, None, self.meaning.probability))


class NearbyClaims(NamedTuple):
    """All claims near a statement, whatever their rulings mean for it.

    Attributes
    ----------
    features, cosine : (claims, features), (claims,) of the pairs
    matches : the match of each, deciding nothing
    """

    features: Float32Array
    cosine: Float32Array
    matches: list[Match]


class MatchResult(NamedTuple):
    """The rulings found for a statement.

    Attributes
    ----------
    matches : those that decide or are related, the most probable first
    near : all claims that it was compared with; ``None`` for a statement that is read in parts
    contradicted : labels that a ruling contradicts without deciding: in doubt, no such label is given
    unsupported : labels that none of the core claims near the statement supports: similar rulings do not make them
        likely
    """

    matches: list[Match]
    near: NearbyClaims | None
    contradicted: frozenset[Label] = frozenset()
    unsupported: frozenset[Label] = frozenset()


def join_libraries(of_libraries: Sequence[MatchResult]) -> MatchResult:
    """Join the results of all libraries for a passage."""
    near = [result.near for result in of_libraries if result.near]
    contradicted = frozenset[Label]().union(*(result.contradicted for result in of_libraries))
    matches = [
        match.as_related() if match.meaning.label in contradicted and match.cosine < REPEATED_FROM else match
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
        contradicted,
        frozenset[Label]().union(*(result.unsupported for result in of_libraries)),
    )


def resolve_conflicts(matches: Sequence[Match]) -> list[Match]:
    """Resolve matches where core claims and others decide differently: a claim that is repeated word for word prevails.

    If there is none, the core claims decide nothing.
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
    """Merge the results of all passages of a statement, the most probable first, each ruling once."""
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
    only = of_passages[0] if len(of_passages) == 1 else MatchResult([], None)
    return MatchResult(kept, only.near, unsupported=only.unsupported)


def add_denied_clause(whole: MatchResult, clause: MatchResult) -> MatchResult:
    """Add the result of a clause that the statement denies as a whole: where that is false, the statement is true.

    Nothing is added where a ruling decides the statement itself differently, or contradicts the label.
    """
    turned = [
        replace(match, meaning=Meaning(Relation.OPPOSITE_CLAIM, label, match.meaning.probability))
        for match in clause.matches
        if match.meaning.relation is Relation.SAME_CLAIM and (label := opposite_of(match.meaning.label))
    ]
    labels = {match.meaning.label for match in [*turned, *whole.matches] if match.meaning.label}
    if len(labels) != 1 or labels & whole.contradicted:
        return whole
    urls = {match.fact_check.url for match in turned}
    others = [match for match in whole.matches if match.meaning.label or match.fact_check.url not in urls]
    return whole._replace(matches=[*turned, *others])
