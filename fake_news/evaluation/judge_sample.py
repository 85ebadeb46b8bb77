"""The sentences that a second reader is measured on, each with what is right to say of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import (
    Kind,
    PlainSentence,
    Split,
    load_plain_words,
    tempting_statements,
    well_known_statements,
)
from fake_news.detection.verdict import Label
from fake_news.evaluation.evidence import MUST_NOT_CARRY

_ANSWERS_FALSE = {Kind.MORE: "false", Kind.OPPOSITE: "true"}
"""What a ruling that found its claim false says of the sentences that follow it or deny it."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with what is right to say of it.

    Attributes
    ----------
    group : sentences of one group are resampled together
    wanted : the label that a ruling gives it; ``None`` where the rulings do not decide it
    url : of the ruling that must not be carried over to it; empty where any stamp is wrong
    """

    text: str
    group: str
    wanted: Label | None
    url: str = ""


def sentences_to_read(most: int | None = None) -> list[Sentence]:
    """Sentences around held-out rulings, and the cases; a drawn sample of them where fewer are asked for."""
    plain = [_plain(sentence) for sentence in load_plain_words() if sentence.split is Split.TEST]
    known = [
        Sentence(case.text, case.text, Label(case.expected) if case.expected in ("true", "false") else None)
        for case in well_known_statements()
    ]
    tempting = [
        Sentence(case.text, case.text, Label(case.expected) if case.expected in list(Label)[:3] else None)
        for case in tempting_statements()
    ]
    sentences = [*plain, *known, *tempting]
    if most is None or most >= len(sentences):
        return sentences
    drawn = sorted(sentences, key=lambda one: hashlib.sha256(one.text.encode()).digest())
    return drawn[:most]


def _plain(sentence: PlainSentence) -> Sentence:
    wanted = None
    if sentence.kind is Kind.SAME:
        wanted = Label(sentence.label) if sentence.label in ("false", "true", "mixed") else None
    elif sentence.label == Label.FALSE and sentence.kind in _ANSWERS_FALSE:
        wanted = Label(_ANSWERS_FALSE[sentence.kind])
    follows = sentence.kind in (Kind.LESS, Kind.PART) and sentence.label == Label.TRUE
    if sentence.kind in MUST_NOT_CARRY and not follows and wanted is None:
        return Sentence(sentence.text, sentence.ruling, None, canonical_address(sentence.url))
    return Sentence(sentence.text, sentence.ruling, wanted, "-")
