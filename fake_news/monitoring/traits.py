"""Traits of statements that are monitored, each counted in a few bins, so that no text has to be kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from fake_news.detection.verdict import Basis, Label, Note, Verdict


class Trait(StrEnum):
    """A monitored trait; the value is its name in files, tables and answers."""

    SCORE = "score"
    LENGTH = "length"
    UNKNOWN_WORDS = "unknown-words"
    CLAIM = "claim"
    MATCH = "match"


SCORE_BINS = 20
"""Number of equal parts of 0 to 1 in which P(true) is counted."""

EDGES: Mapping[Trait, tuple[float, ...]] = {
    Trait.SCORE: tuple(number / SCORE_BINS for number in range(1, SCORE_BINS)),
    Trait.LENGTH: (20, 40, 60, 80, 100, 125, 150, 175, 200, 250, 300, 400, 600),
    # The first bin holds statements without a single unknown word.
    Trait.UNKNOWN_WORDS: (1e-9, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6),
    Trait.CLAIM: (0.5,),
    Trait.MATCH: (0.5,),
}
"""Upper edges of the bins: bin i holds the values from ``edges[i - 1]`` up to, but excluding, ``edges[i]``.

Score is P(true); length counts code points; unknown words are a share of the statement's words; claim and match are 0
or 1, so that their histograms are rates.
"""

BINS: Mapping[Trait, int] = {trait: len(edges) + 1 for trait, edges in EDGES.items()}

Histograms = Mapping[Trait, Sequence[int]]
"""Counts of statements in each bin of each trait."""


class Observation(NamedTuple):
    """The label of a statement, and its bin of every trait; ``None`` where it lacks the trait.

    The order of the traits is that of :class:`Trait`.
    """

    label: Label
    score: int | None
    length: int | None
    unknown_words: int | None
    claim: int | None
    match: int | None

    def bins(self) -> tuple[tuple[Trait, int], ...]:
        """List the traits of the statement, with their bins."""
        return tuple((trait, number) for trait, number in zip(Trait, self[1:], strict=True) if number is not None)


def observe(verdict: Verdict) -> Observation:
    """Make the observation of a verdict.

    Only English statements have the trait claim, and only claims have the trait match.
    """
    is_claim = None if verdict.note else verdict.label is not Label.NO_CLAIM
    return Observation(
        verdict.label,
        _bin(Trait.SCORE, verdict.probability),
        None if verdict.note is Note.TOO_LONG else _bin(Trait.LENGTH, verdict.end - verdict.start),
        _bin(Trait.UNKNOWN_WORDS, verdict.unknown_words),
        _bin(Trait.CLAIM, is_claim),
        _bin(Trait.MATCH, verdict.basis is Basis.FACT_CHECK) if is_claim else None,
    )


def histograms_of(observations: Sequence[Observation]) -> dict[Trait, list[int]]:
    """Count observations in histograms."""
    counts = {trait: [0] * bins for trait, bins in BINS.items()}
    for observation in observations:
        for trait, number in observation.bins():
            counts[trait][number] += 1
    return counts


def _bin(trait: Trait, value: float | None) -> int | None:
    return None if value is None else bisect_right(EDGES[trait], value)
