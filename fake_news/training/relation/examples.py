"""Examples: a claim with sentences around it, and what their relation may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Example(NamedTuple):
    """A sentence beside a claim.

    Attributes
    ----------
    allowed : bits of the outcomes that may hold
    weight : how much it counts
    is_match : whether the claim is what a search for the sentence should find first
    """

    sentence: str
    allowed: int
    weight: float = 1.0
    is_match: bool = False


@dataclass(frozen=True)
class Group:
    """Sentences around one claim, which are encoded together, so that the claim is read once.

    Attributes
    ----------
    claim : as the encoder reads it
    others : further claims, near but not the same, which none of the sentences says
    """

    claim: str
    examples: list[Example]
    others: list[str] = field(default_factory=list)


def grouped(rows: list[tuple[str, Example]], most: int = 8) -> list[Group]:
    """Rows of (claim, example) as groups of at most ``most`` examples."""
    by_claim: dict[str, list[Example]] = {}
    for claim, example in rows:
        by_claim.setdefault(claim, []).append(example)
    return [
        Group(claim, examples[first : first + most])
        for claim, examples in by_claim.items()
        for first in range(0, len(examples), most)
    ]
