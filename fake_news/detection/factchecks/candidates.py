"""Candidates: claims that may bear on a passage; and what a person's search found."""

from __future__ import annotations

from typing import NamedTuple

from fake_news.common.arrays import Float32Array, IntArray
from fake_news.detection.factchecks.fact_check import FactCheck


class Found(NamedTuple):
    """A ruling that somebody looked for, and its claim where the text is kept."""

    fact_check: FactCheck
    claim: str


class Candidates(NamedTuple):
    """The claims of one library that may bear on a passage, with what the relation model reads of each.

    Attributes
    ----------
    claims : their rows, the nearest first
    cosine : (claims,)
    features : (claims, features)
    """

    claims: IntArray
    cosine: Float32Array
    features: Float32Array
