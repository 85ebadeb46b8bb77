"""The records that are stored, independent of the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from fake_news.detection.verdict import Label
from fake_news.monitoring.traits import Trait

CHECKPOINT_CHARACTERS = 20
"""Characters of a fingerprint that identify a checkpoint in counts; counts of old versions have an empty one."""


@dataclass(frozen=True, slots=True)
class NewFeedback:
    """What a reader says about a verdict.

    Attributes
    ----------
    fact_check_url, fact_check_title : the fact-check that the reader says is about something else
    model, fact_checks_count, fact_checks_newest : what gave the verdict; ``None`` in feedback of old versions
    """

    statement: str
    label: str
    correction: str
    comment: str | None = None
    source_url: str | None = None
    fact_check_url: str | None = None
    fact_check_title: str | None = None
    model: str | None = None
    fact_checks_count: int | None = None
    fact_checks_newest: str | None = None


@dataclass(frozen=True, slots=True)
class Feedback(NewFeedback):
    """Feedback as it is stored."""

    id: int = field(kw_only=True)
    created: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How often readers corrected a label of a model, with one state of its fact-checks, in one way."""

    model: str | None
    fact_checks_count: int | None
    fact_checks_newest: str | None
    label: str
    correction: str
    count: int


@dataclass(frozen=True, slots=True)
class DayCounts:
    """Counts of one day (UTC), without text.

    Attributes
    ----------
    labels : number of statements by label, of all checkpoints
    scores : number of statements by score, of the checkpoint in question
    """

    day: str
    labels: Mapping[Label, int]
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a champion and its shadow gave this pair of labels to the same statement.

    Attributes
    ----------
    count : number of statements
    compared : number of those to which both gave a probability
    difference : sum of the absolute differences of these, in ten-thousandths, to which answers are rounded
    """

    champion_label: Label
    shadow_label: Label
    count: int
    compared: int
    difference: int


@dataclass
class Counts:
    """Counts that are not stored yet.

    Attributes
    ----------
    labels : by day and label
    traits : by day, checkpoint, trait and bin
    agreements : by day, champion, shadow, the champion's label and the shadow's: count, compared, difference
    """

    labels: Counter[tuple[str, Label]] = field(default_factory=Counter)
    traits: Counter[tuple[str, str, Trait, int]] = field(default_factory=Counter)
    agreements: dict[tuple[str, str, str, Label, Label], tuple[int, int, int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.labels or self.traits or self.agreements)

    def add(self, more: Counts) -> None:
        """Add other counts to these."""
        self.labels.update(more.labels)
        self.traits.update(more.traits)
        for key, counts in more.agreements.items():
            self.add_agreement(key, counts)

    def add_agreement(self, key: tuple[str, str, str, Label, Label], counts: tuple[int, int, int]) -> None:
        """Add to the counts of one pair of labels."""
        before = self.agreements.get(key, (0, 0, 0))
        count, compared, difference = (old + new for old, new in zip(before, counts, strict=True))
        self.agreements[key] = (count, compared, difference)
