"""Pairs that the cross-encoder is trained on, each with the outcomes that may hold.

Most are pairs of core claims: two wordings on one ruling say the same, a wording and an opposite deny each other, and a
true and a false one never say the same. Those that a search finds near each other teach most, so that of the others
only a share is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from fake_news.common.arrays import BoolArray, Float32Array, IntArray
from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import Kind, PlainSentence
from fake_news.training.encoder.examples import CONTRARY, LESS, OPPOSITE, RELATED, REPORTED, SAME, outcomes_of
from fake_news.training.relation.core_comparisons import CORE, EDIT, ORDINARY, TRUTH, Query, Side, agree, answers_of


class TrainingPair(NamedTuple):
    """A statement and a claim.

    Attributes
    ----------
    allowed : bits of the outcomes that may hold, as in :mod:`fake_news.training.encoder.examples`
    weight : its weight in the loss
    """

    statement: str
    claim: str
    allowed: int
    weight: float = 1.0


class _Use(NamedTuple):
    """The outcomes that a kind of pair allows, and the shares of such pairs that are used, by cosine."""

    allowed: int
    shares: tuple[tuple[float, float], ...]

    def share(self, cosine: float) -> float:
        """Look up the share for a cosine."""
        return next((share for lowest, share in self.shares if cosine > lowest), 0.0)


_ALWAYS = -1.0
_WORDING = _Use(SAME, ((_ALWAYS, 0.8),))
_DENIAL = _Use(OPPOSITE, ((_ALWAYS, 0.8),))
_ANOTHER = _Use(RELATED | CONTRARY, ((0.55, 1.0), (_ALWAYS, 0.15)))
_OTHER_LABEL = _Use(OPPOSITE | CONTRARY | RELATED | REPORTED, ((0.6, 1.0), (0.5, 0.25), (_ALWAYS, 0.05)))
_OF_EDIT = _Use(OPPOSITE | CONTRARY | RELATED, ((_ALWAYS, 0.6),))
_OF_TRUTH = _Use(LESS | RELATED | CONTRARY | OPPOSITE | REPORTED, ((0.65, 1.0), (0.5, 0.4)))
_OF_ORDINARY = _Use(RELATED | REPORTED | LESS, ((0.6, 1.0), (0.5, 0.15), (_ALWAYS, 0.02)))
_SAYS, _SAYS_NOT = (1, 1), (0, 0)

_FRAMES: Sequence[tuple[str, int]] = (
    ("Some people believe that {}.", REPORTED | RELATED),
    ("Many people claim that {}.", REPORTED | RELATED),
    ("He said that {}.", REPORTED | RELATED),
    ("A viral post says that {}.", REPORTED | RELATED),
    ("I doubt that {}.", REPORTED | RELATED | OPPOSITE),
    ("If {}, we would know it.", REPORTED | RELATED | OPPOSITE | LESS),
    ("Is it true that {}?", REPORTED),
    ("It is a myth that {}.", OPPOSITE),
    ("It is not true that {}.", OPPOSITE),
    ("The claim that {} is false.", OPPOSITE),
    ("There is no evidence that {}.", OPPOSITE | REPORTED),
    ("Fact-checkers found no proof that {}.", OPPOSITE | REPORTED),
    ("It is a fact that {}.", SAME),
    ("The truth is that {}.", SAME),
    ("There is no doubt that {}.", SAME),
    ("Everybody knows that {}.", SAME),
    ("They do not want you to know that {}.", SAME),
)
_FRAMED_SHARE, _FRAMED_WEIGHT = 0.45, 0.7
_LOWERED = frozenset("The A An In There It They No Most Many All Some This These".split())
"""First words that lose their capital inside a sentence; all others may be names."""
_CLAIM_WEIGHT = 0.7
"""Of pairs with a publisher's wording, which is longer than what the cross-encoder reads when it serves."""


def core_pairs(
    sides: Sequence[Side],
    queries: Sequence[Query],
    near: Sequence[tuple[IntArray, Float32Array]],
    held_out: tuple[BoolArray, BoolArray],
    random: np.random.Generator,
) -> Iterator[TrainingPair]:
    """Pair sentences with the core claims near them.

    Parameters
    ----------
    near : for each query, the rows of sides and their cosines
    held_out : the queries and the sides that nothing is learned from
    """
    for row, (query, (rows, cosines)) in enumerate(zip(queries, near, strict=True)):
        for side, cosine in zip(rows.tolist(), cosines.tolist(), strict=True):
            if held_out[0][row] or held_out[1][side] or (query.kind == CORE and side == query.own):
                continue
            use = _use(query, sides, side, cosine)
            if use and random.random() < use.share(cosine):
                yield TrainingPair(query.text, sides[side].text, use.allowed)


def _use(query: Query, sides: Sequence[Side], side: int, cosine: float) -> _Use | None:
    """What a pair teaches; ``None`` where nothing is known."""
    answers = answers_of(query, sides, side, cosine)[:2]
    if query.kind in (TRUTH, ORDINARY):
        use = _OF_TRUTH if query.kind == TRUTH else _OF_ORDINARY
        return use if answers == _SAYS_NOT else None
    if query.kind == EDIT:
        return _OF_EDIT if side == query.own and answers == _SAYS_NOT else None
    if query.kind != CORE or query.own is None:
        return None
    if answers == _SAYS:
        return _WORDING
    if answers != _SAYS_NOT:
        return None
    if agree(query, sides, side):
        return _ANOTHER
    return _DENIAL if sides[query.own].rulings.keys() & sides[side].rulings.keys() else _OTHER_LABEL


def framed_pairs(texts: Sequence[str], random: np.random.Generator) -> Iterator[TrainingPair]:
    """Pair some core claims with themselves in a frame: reported, doubted, denied, or affirmed."""
    for text in texts:
        frame, allowed = _FRAMES[int(random.integers(len(_FRAMES)))]
        if random.random() < _FRAMED_SHARE:
            yield TrainingPair(frame.format(_inside_sentence(text)), text, allowed, _FRAMED_WEIGHT)


def _inside_sentence(text: str) -> str:
    first = text.split(maxsplit=1)[0]
    return (text[0].lower() + text[1:] if first in _LOWERED else text).rstrip(" .!")


def plain_pairs(plain: Sequence[PlainSentence], claims: Mapping[str, str]) -> Iterator[TrainingPair]:
    """Pair plain sentences with the claim that they were written around, and with its first plain wording.

    Parameters
    ----------
    claims : the publishers' wordings, by address
    """
    first: dict[str, str] = {}
    for sentence in plain:
        if sentence.kind is Kind.SAME:
            first.setdefault(sentence.ruling, sentence.text)
    for sentence in plain:
        if sentence.kind is Kind.ATTRIBUTED:  # another claim where the ruling is on whether it was said
            continue
        allowed = outcomes_of(sentence.kind, sentence.text)
        if claim := claims.get(canonical_address(sentence.url)):
            yield TrainingPair(sentence.text, claim, allowed, _CLAIM_WEIGHT)
        wording = first.get(sentence.ruling, sentence.text)
        if wording != sentence.text:
            yield TrainingPair(sentence.text, wording, allowed)
