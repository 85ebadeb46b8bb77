"""The vocabulary: what Plumbline can say about a statement.

The extension mirrors it in ``extension/shared/vocabulary.js``; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """The label that a reader sees on a statement."""

    FALSE = "false"
    MIXED = "mixed"
    TRUE = "true"
    LIKELY_FALSE = "likely-false"
    LIKELY_TRUE = "likely-true"
    UNSURE = "unsure"
    NO_CLAIM = "no-claim"


class Basis(StrEnum):
    """What a label is based on."""

    FACT_CHECK = "fact-check"
    MODEL = "model"
    CLAIMS = "claims"


class Relation(StrEnum):
    """How a published fact-check relates to a statement.

    ``SAME_CLAIM`` decides its label; so does ``OPPOSITE_CLAIM``, in reverse: the statement denies the claim that was
    checked. ``RELATED`` decides nothing.
    """

    SAME_CLAIM = "same-claim"
    OPPOSITE_CLAIM = "opposite-claim"
    RELATED = "related"


class LinksTo(StrEnum):
    """What is at the address of a fact-check: the ruling, or the publisher's page about the speaker."""

    RULING = "ruling"
    SPEAKER = "speaker"


class Why(StrEnum):
    """Why a statement is unsure."""

    NO_RULING = "no-ruling"
    NEWER = "newer"
    ONLY_WORDING = "only-wording"  # no longer given: it stays for answers that clients have kept
    TOO_SHORT = "too-short"
    NOT_ENGLISH = "not-english"
    TOO_LONG = "too-long"


class Note(StrEnum):
    """Why a statement was not judged, although it may be a claim."""

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
    """A published fact-check that is about a statement.

    Attributes
    ----------
    label : Label or None
        ``None`` if the rating is neither true, mixed nor false.
    similarity : float
        Probability that the fact-check's claim is the statement's.
    claim : str
        The claim in the fact-check's words, which may be kept of imported ones only; else empty.
    title : str
        What was checked, in readable words; empty if unknown.
    links_to : LinksTo
        What ``url`` leads to.
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
    title: str = ""
    links_to: LinksTo = LinksTo.RULING


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one statement.

    Attributes
    ----------
    start, end : int
        The statement in the checked text, in code points: ``text[start:end]``.
    label, basis
        The label and what it is based on.
    probability : float or None
        Calibrated P(true) under the 3/3 mapping (true, mostly-true, half-true against the rest); ``None`` if
        nothing was judged.
    check_worthiness : float
        Probability that the statement is a claim worth checking.
    evidence : tuple of Evidence
        Fact-checks, best first.
    reasons : tuple of Reason
        Contributions of words, in the order of the text.
    note : Note or None
        Why nothing was judged, if that needs an explanation.
    why : Why or None
        Why the label is ``UNSURE``, if it is.
    is_attribution : bool
        Whether the statement reports what somebody said, so that the verdict is on what was said.
    false_claim_score : float or None
        Log-odds that this is a false claim rather than a sentence of an ordinary article; not in the answer.
    unknown_words : float or None
        Share of its words that are not in the models' vocabulary, for monitoring; not in the answer.
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
    why: Why | None = None
    is_attribution: bool = False
    false_claim_score: float | None = None
    unknown_words: float | None = None
