"""Sentences that are compared with core claims to learn from, and what is known of each pair.

A core claim is compared with all others: it says its other wordings, denies its opposites, and its edits do neither.
Plain words around development rulings add what is missing among these: near misses. Ordinary text says none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import (
    TRUTHS_BESIDE_CORE_CLAIMS,
    Kind,
    PlainSentence,
    Split,
    load_charged_truths,
)
from fake_news.detection.factchecks.core_claims import CoreClaims
from fake_news.detection.factchecks.library import CoreSentences
from fake_news.detection.verdict import Label
from fake_news.training.claim_matching.edits import CHANGING
from fake_news.training.relation.pair_rows import NOTHING, OF_KIND, UNKNOWN, Answers

CORE, AGREEING, EDIT, TRUTH, ORDINARY = "core", "agreeing", "edit", "truth", "ordinary"
"""Kinds of pairs besides those of plain words: two core claims of which one is true and one false, or both the same; an
edited core claim, a true sentence beside false core claims, and an ordinary sentence."""
_EDITED_SHARE = 3
"""One core claim in three is edited."""
_SAME_CLAIM_FROM, _SAME_CORE_FROM = 0.8, 0.6
"""Cosine from which a sentence may say another's claim, and a core claim that of another ruling with the same label, so
that what holds stays unknown."""
NOT_KNOWN: Answers = (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)
_SAME, _OPPOSITE = OF_KIND[Kind.SAME], OF_KIND[Kind.OPPOSITE]
_OF_EDIT: Mapping[str, Answers] = {"negated": _OPPOSITE, "direction reversed": (0, 0, UNKNOWN, 1)}
_OF_PLAIN: Mapping[Kind, Answers] = {**OF_KIND, Kind.MORE: (1, 0, 0, 0), Kind.ATTRIBUTED: NOT_KNOWN}


class Side(NamedTuple):
    """A sentence that others are compared with, and its rulings, each with whether the sentence is their opposite."""

    text: str
    rulings: Mapping[str, bool]
    is_true: bool | None


@dataclass(frozen=True)
class Query:
    """A sentence that is compared.

    Attributes
    ----------
    own : the side it was made from or written for; ``None`` for ordinary text
    answers : those for it and its own side
    """

    text: str
    kind: str
    group: str
    own: int | None = None
    answers: Answers = NOTHING


def core_sides(core: CoreClaims) -> list[Side]:
    """Each core sentence once, with all its rulings."""
    rulings: dict[str, dict[str, bool]] = {}
    truth: dict[str, bool] = {}
    for row, (text, is_opposite) in enumerate(zip(core.sentences, core.is_opposite.tolist(), strict=True)):
        ruling = core.rulings[row]
        rulings.setdefault(text, {})[canonical_address(ruling.url)] = is_opposite
        truth[text] = (ruling.label is Label.TRUE) is not is_opposite
    return [Side(text, its_rulings, truth[text]) for text, its_rulings in rulings.items()]


def plain_sides(plain: Sequence[PlainSentence]) -> list[Side]:
    """The first plain wording of each development ruling, in place of its claim."""
    first = {canonical_address(one.url): one for one in reversed(plain) if _is_used(one) and one.kind is Kind.SAME}
    return [Side(sentence.text, {address: False}, None) for address, sentence in first.items()]


def _is_used(sentence: PlainSentence) -> bool:
    return sentence.split is Split.DEVELOPMENT


def queries(
    sides: Sequence[Side],
    plain: Sequence[PlainSentence],
    truths: Sequence[str],
    ordinary: Sequence[str],
    edited_share: int = _EDITED_SHARE,
) -> Iterator[Query]:
    """Make the sentences that are compared with sides.

    Parameters
    ----------
    truths : true sentences beside false core claims
    ordinary : sentences that say none of the core claims
    edited_share : one core claim in so many is edited
    """
    random, texts = np.random.default_rng(0), {side.text for side in sides}
    of_ruling = {next(iter(side.rulings)): row for row, side in enumerate(sides) if side.is_true is None}
    core = [(row, side) for row, side in enumerate(sides) if side.is_true is not None]
    for row, side in core:
        yield Query(side.text, CORE, min(side.rulings), row)
    for row, side in core[::edited_share]:
        for name, edit in CHANGING.items():
            if (changed := edit(side.text, random)) and changed not in texts:
                yield Query(changed, EDIT, min(side.rulings), row, _OF_EDIT.get(name, NOTHING))
    for sentence in filter(_is_used, plain):
        own = of_ruling.get(canonical_address(sentence.url))
        if own is not None and sentence.text not in texts:
            yield Query(sentence.text, sentence.kind.value, sentence.ruling, own, _OF_PLAIN[sentence.kind])
    for text in truths:
        yield Query(text, TRUTH, text)
    for text in ordinary:
        yield Query(text, ORDINARY, text[:40])


def tempting_truths() -> list[str]:
    """True sentences written beside false core claims, without those that are kept to measure on."""
    return [truth.text for truth in load_charged_truths(TRUTHS_BESIDE_CORE_CLAIMS) if not truth.is_test]


def learned_truths() -> list[str]:
    """True sentences on subjects of rumours, without those that are kept to measure on."""
    return [*tempting_truths(), *(truth.text for truth in load_charged_truths() if not truth.is_test)]


def as_core(sides: Sequence[Side]) -> CoreSentences:
    """The sides as core claims."""
    texts = [side.text for side in sides]
    truth = np.array([-1 if side.is_true is None else int(side.is_true) for side in sides])
    return CoreSentences(texts, {}, texts, truth, np.zeros(len(texts), dtype=bool))


def answers_of(query: Query, sides: Sequence[Side], row: int, cosine: float) -> Answers:
    """The answers for a query and a side."""
    if row == query.own:
        return query.answers
    if query.kind == TRUTH:
        return (0, 0, UNKNOWN, UNKNOWN) if sides[row].is_true is False else NOT_KNOWN
    if query.own is None:
        return NOTHING
    ours, side = sides[query.own], sides[row]
    if shared := [ours.rulings[ruling] == side.rulings[ruling] for ruling in ours.rulings.keys() & side.rulings.keys()]:
        if query.kind != CORE or len(set(shared)) > 1:
            return NOT_KNOWN
        return _SAME if shared[0] else _OPPOSITE
    if query.kind != CORE or side.is_true is None:
        return NOTHING if cosine < _SAME_CLAIM_FROM else NOT_KNOWN
    if side.is_true is not ours.is_true:
        return (0, 0, UNKNOWN, UNKNOWN)
    return NOTHING if cosine < _SAME_CORE_FROM else NOT_KNOWN


def agree(query: Query, sides: Sequence[Side], row: int) -> bool:
    """Whether two core claims are both true or both false, so that confusing them still gives the right label."""
    return query.kind == CORE and query.own is not None and sides[query.own].is_true is sides[row].is_true
