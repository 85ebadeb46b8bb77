"""The vocabulary: what Plumbline can say about a statement.

The extension mirrors it in ``extension/shared/vocabulary.js``; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What a reader is told about a statement."""

    FALSE = "false"
    MIXED = "mixed"
    TRUE = "true"
    LIKELY_FALSE = "likely-false"
    LIKELY_TRUE = "likely-true"
    UNSURE = "unsure"
    NO_CLAIM = "no-claim"


class Basis(StrEnum):
    """What a label rests on."""

    FACT_CHECK = "fact-check"
    MODEL = "model"
    CLAIMS = "claims"


class Relation(StrEnum):
    """How a published fact-check relates to a statement; only ``SAME_CLAIM`` decides a label."""

    SAME_CLAIM = "same-claim"
    RELATED = "related"


class Note(StrEnum):
    """Why a statement was not judged although it is not plainly a non-claim."""

    NOT_ENGLISH = "not-english"
    TOO_LONG = "too-long"


@dataclass(frozen=True, slots=True)
class Reason:
    """The part of a text that moved the verdict.

    ``start`` and ``end`` are code points of the checked text; ``weight`` is an additive contribution in log-odds,
    positive towards true.
    """

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A published fact-check that bears on a statement.

    Attributes
    ----------
    label : Label or None
        ``None`` where the rating is neither true, mixed nor false.
    similarity : float
        Probability that the fact-check's claim is the statement's.
    claim : str
        The claim in the fact-check's words, where they may be kept: of the reader's own imports; else empty.
    """

    relation: Relation
    publisher: str
    rating: str
    label: Label | None
    speaker: str
    date: str
    url: str
    similarity: float
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Plumbline says about one statement.

    Attributes
    ----------
    start, end : int
        The statement in the checked text, in code points: ``text[start:end]``.
    label, basis
        What is said and what it rests on.
    probability : float or None
        Calibrated P(true) under the 3/3 mapping (true, mostly-true, half-true against the rest); ``None`` where
        nothing was judged.
    check_worthiness : float
        Probability that the statement is a claim worth checking.
    evidence : tuple of Evidence
        Fact-checks, best first.
    reasons : tuple of Reason
        Contributions of words, in the order of the text.
    note : Note or None
        Why nothing was judged, where that needs saying.
    suspicion : float or None
        Log-odds that this is a false claim rather than a sentence of an ordinary article; no part of the answer.
    unknown_words : float or None
        Share of its words that are not in the models' vocabulary, for monitoring; no part of the answer.
    """

    start: int
    end: int
    label: Label
    basis: Basis
    probability: float | None
    check_worthiness: float
    evidence: tuple[Evidence, ...] = ()
    reasons: tuple[Reason, ...] = ()
    note: Note | None = None
    suspicion: float | None = None
    unknown_words: float | None = None
