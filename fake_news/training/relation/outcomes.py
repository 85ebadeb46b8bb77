"""Outcomes: what a label of a data set says of the relation of a sentence to a claim.

Most labels leave some open: an entailed hypothesis may say the same as its premise or less. An example therefore has
the set of outcomes that its label allows, and training asks for the probability of the set.
"""

from __future__ import annotations

from fake_news.data.project_sentences import Kind
from fake_news.detection.factchecks.relation.features import OUTCOMES

SAME, MORE, LESS, OPPOSITE, CONTRARY, RELATED, REPORTED = (1 << i for i in range(len(OUTCOMES)))

ENTAILS = SAME | MORE
"""The sentence entails the claim, as a premise its hypothesis."""
NEUTRAL = LESS | RELATED
CONTRADICTS = OPPOSITE | CONTRARY
NOT_ENTAILED = NEUTRAL | CONTRADICTS

OF_KIND = {
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
"""What the kinds of plain words allow."""


def of_plain_sentence(kind: Kind, text: str) -> int:
    """What a plain sentence allows: a report that asks is no denial."""
    if kind is Kind.REPORT and text.rstrip().endswith("?"):
        return REPORTED
    return OF_KIND[kind]
