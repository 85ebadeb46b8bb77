"""Examples that the network is trained on: a claim with sentences around it, and the outcomes that each label allows.

Most labels of data sets leave some outcomes open: an entailed hypothesis may say the same as its premise or less. An
example therefore has the set of outcomes that its label allows, and training asks for the probability of the set.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from fake_news.data.project_sentences import Kind
from fake_news.detection.factchecks.relation.head import OUTCOMES

SAME, MORE, LESS, OPPOSITE, CONTRARY, RELATED, REPORTED = (1 << i for i in range(len(OUTCOMES)))

ENTAILS = SAME | MORE
"""The sentence entails the claim, as a premise entails its hypothesis."""
NEUTRAL = LESS | RELATED
CONTRADICTS = OPPOSITE | CONTRARY
NOT_ENTAILED = NEUTRAL | CONTRADICTS

OUTCOMES_OF_KIND = {
    Kind.SAME: SAME,
    Kind.MORE: SAME | MORE,
    Kind.LESS: LESS | RELATED,
    Kind.OPPOSITE: OPPOSITE,
    Kind.NEAR: CONTRARY | RELATED,
    Kind.PART: LESS | RELATED,
    Kind.REPORT: OPPOSITE | REPORTED,
    Kind.ATTRIBUTED: SAME | MORE,
    Kind.FRAGMENT: RELATED | REPORTED,
    Kind.BACKGROUND: LESS | RELATED,
}
"""The outcomes that each kind of plain sentence allows."""


class Example(NamedTuple):
    """A sentence beside a claim.

    Attributes
    ----------
    allowed : bits of the outcomes that may hold
    weight : its weight in the loss
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


def group_examples(rows: list[tuple[str, Example]], most: int = 8) -> list[Group]:
    """Group rows of (claim, example) by claim, at most ``most`` examples each."""
    by_claim: dict[str, list[Example]] = {}
    for claim, example in rows:
        by_claim.setdefault(claim, []).append(example)
    return [
        Group(claim, examples[first : first + most])
        for claim, examples in by_claim.items()
        for first in range(0, len(examples), most)
    ]


def outcomes_of(kind: Kind, text: str) -> int:
    """The outcomes that a plain sentence allows: a report in the form of a question is not a denial."""
    if kind is Kind.REPORT and text.rstrip().endswith("?"):
        return REPORTED
    return OUTCOMES_OF_KIND[kind]
