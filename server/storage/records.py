"""What is stored, without a word about how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fake_news.verdict import Label

SCORE_BINS = 20
"""Equal parts of 0 to 1 in which P(true) is counted."""


@dataclass(frozen=True, slots=True)
class NewFeedback:
    """What a reader says about a verdict."""

    statement: str
    label: str
    correction: str
    comment: str | None = None
    source_url: str | None = None


@dataclass(frozen=True, slots=True)
class Feedback(NewFeedback):
    """Feedback as it is stored."""

    id: int = field(kw_only=True)
    created: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class DayCounts:
    """How many statements got which label and which score on one day (UTC); no text."""

    day: str
    labels: Mapping[Label, int]
    scores: tuple[int, ...]
