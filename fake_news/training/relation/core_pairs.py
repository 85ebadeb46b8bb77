"""The training of the model of core claims, on pairs of sentences written for the project.

A core claim is compared with all others: it says its other wordings, denies its opposites, and its edits do neither.
Plain words around development rulings add what is missing among these: near misses. Ordinary text says none of them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from fake_news.data.fact_checks import canonical_address
from fake_news.data.project_sentences import Kind, PlainSentence, Split
from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.claim_profile import profile
from fake_news.detection.factchecks.core_claims import CoreClaims
from fake_news.detection.factchecks.fact_check import Rulings
from fake_news.detection.factchecks.library import CoreSentences, Library
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.relation.core_pairs import CorePairModel, Sides, contrast, core_pair_features
from fake_news.detection.factchecks.relation.model import CLOSE_QUESTIONS, RelationModel
from fake_news.detection.factchecks.search.claim_vectors import quantise
from fake_news.detection.factchecks.terms import TermTable
from fake_news.detection.verdict import Label
from fake_news.training.claim_matching.edits import CHANGING
from fake_news.training.relation.bounds import Check, lowest_threshold
from fake_news.training.relation.forests import boosted_trees, export_trees, fit_forest, out_of_fold
from fake_news.training.relation.pair_rows import NOTHING, OF_KIND, UNKNOWN, Answers, PairRows

logger = logging.getLogger(__name__)

CORE, AGREEING, EDIT, ORDINARY = "core", "agreeing", "edit", "ordinary"
"""Kinds of pairs besides those of plain words: two core claims of which one is true and one false, or both the same."""
_EDITED_SHARE = 3
"""One core claim in three is edited."""
_SAME_CLAIM_FROM, _SAME_CORE_FROM = 0.8, 0.6
"""Cosine from which a sentence may say another's claim, and a core claim that of another ruling with the same label, so
that what holds stays unknown."""
_UNKNOWN: Answers = (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)
_SAME, _OPPOSITE = OF_KIND[Kind.SAME], OF_KIND[Kind.OPPOSITE]
_OF_EDIT: Mapping[str, Answers] = {"negated": _OPPOSITE, "direction reversed": (0, 0, UNKNOWN, 1)}
_OF_PLAIN: Mapping[Kind, Answers] = {**OF_KIND, Kind.MORE: (1, 0, 0, 0), Kind.ATTRIBUTED: _UNKNOWN}
WRONG_SHARE: Mapping[str, float] = {CORE: 0.005, EDIT: 0.005, "plain": 0.02, ORDINARY: 0.001}
"""Of core claims, their edits, plain words and ordinary sentences, those that may wrongly be taken to say one."""


class _Side(NamedTuple):
    """A sentence that others are compared with, and its rulings, each with whether the sentence is their opposite."""

    text: str
    rulings: Mapping[str, bool]
    is_true: bool | None


@dataclass(frozen=True)
class _Query:
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


def fit_core_pairs(
    core: CoreClaims,
    table: TermTable,
    relation: RelationModel,
    matcher: Matcher,
    plain: Sequence[PlainSentence],
    ordinary: Sequence[str],
) -> CorePairModel:
    """Fit the model of core claims, its forests bounded out of fold.

    Parameters
    ----------
    matcher : reads texts and compares them
    plain : plain sentences, of which those around development rulings are used
    ordinary : sentences that say none of the core claims
    """
    sides = [*_core_sides(core), *_plain_sides(plain)]
    queries = list(_queries(sides, plain, ordinary))
    rows, of_rows = _rows(sides, queries, table, relation, matcher)
    logger.info("Fitting the forests of core claims to %d pairs …", len(rows.answers))
    forests, bounds = {}, {}
    for question in CLOSE_QUESTIONS:
        forests[question] = export_trees(fit_forest(rows, question, _trees))
        odds = contrast(out_of_fold(rows, question, _trees), of_rows)
        bounds[question] = lowest_threshold(rows, odds, _checks(rows, question))
    logger.info("Bounds of core claims: %s", bounds)
    return CorePairModel(forests, bounds)


def _trees() -> HistGradientBoostingClassifier:
    """Make larger trees than for the publishers' wordings: there are ten times as many pairs to learn from."""
    return boosted_trees(400, 0.08, 31, depth=8)


def _core_sides(core: CoreClaims) -> list[_Side]:
    """Each core sentence once, with all its rulings."""
    rulings: dict[str, dict[str, bool]] = {}
    truth: dict[str, bool] = {}
    for row, (text, is_opposite) in enumerate(zip(core.sentences, core.is_opposite.tolist(), strict=True)):
        ruling = core.rulings[row]
        rulings.setdefault(text, {})[canonical_address(ruling.url)] = is_opposite
        truth[text] = (ruling.label is Label.TRUE) is not is_opposite
    return [_Side(text, its_rulings, truth[text]) for text, its_rulings in rulings.items()]


def _plain_sides(plain: Sequence[PlainSentence]) -> list[_Side]:
    """The first plain wording of each development ruling, in place of its claim."""
    first = {canonical_address(one.url): one for one in reversed(plain) if _is_used(one) and one.kind is Kind.SAME}
    return [_Side(sentence.text, {address: False}, None) for address, sentence in first.items()]


def _is_used(sentence: PlainSentence) -> bool:
    return sentence.split is Split.DEVELOPMENT


def _queries(sides: Sequence[_Side], plain: Sequence[PlainSentence], ordinary: Sequence[str]) -> Iterator[_Query]:
    random, texts = np.random.default_rng(0), {side.text for side in sides}
    of_ruling = {next(iter(side.rulings)): row for row, side in enumerate(sides) if side.is_true is None}
    core = [(row, side) for row, side in enumerate(sides) if side.is_true is not None]
    for row, side in core:
        yield _Query(side.text, CORE, min(side.rulings), row)
    for row, side in core[::_EDITED_SHARE]:
        for name, edit in CHANGING.items():
            if (changed := edit(side.text, random)) and changed not in texts:
                yield _Query(changed, EDIT, min(side.rulings), row, _OF_EDIT.get(name, NOTHING))
    for sentence in filter(_is_used, plain):
        own = of_ruling.get(canonical_address(sentence.url))
        if own is not None and sentence.text not in texts:
            yield _Query(sentence.text, sentence.kind.value, sentence.ruling, own, _OF_PLAIN[sentence.kind])
    for text in ordinary:
        yield _Query(text, ORDINARY, text[:40])


def _rows(
    sides: Sequence[_Side], queries: Sequence[_Query], table: TermTable, relation: RelationModel, matcher: Matcher
) -> tuple[PairRows, Sides]:
    """Pair all queries with the sides that a search finds for them."""
    texts = [side.text for side in sides]
    columns = ClaimColumns.of([profile(text) for text in texts])
    library = Library.of(columns, quantise(matcher.encode(texts)), Rulings.of([]), table, core=_as_core(sides))
    vectors = matcher.encode([query.text for query in queries])
    wanted = [[] if query.own is None else [query.own] for query in queries]
    rows, compared = PairRows(), list[int]()
    found = matcher.candidates([query.text for query in queries], vectors, library, wanted)
    for query, candidates in zip(queries, found, strict=True):
        features = core_pair_features(candidates.features, relation.probabilities(candidates.features))
        kept = []
        for place, side in enumerate(candidates.claims.tolist()):
            if query.kind == CORE and side == query.own:
                continue
            answers = _answers(query, sides, side, float(candidates.cosine[place]))
            if answers == _UNKNOWN:
                continue
            kept.append(place)
            rows.answers.append(answers)
            rows.weight.append(1.0)
            rows.group.append(query.group)
            rows.kind.append(AGREEING if _agree(query, sides, side) else query.kind)
            rows.own.append(side == query.own)
            rows.sentence.append(rows.sentences)
            compared.append(side)
        rows.features.append(features[kept])
        rows.sentences += 1
    return rows, Sides(np.array(rows.sentence), _as_core(sides).truth[compared])


def _as_core(sides: Sequence[_Side]) -> CoreSentences:
    """The sides as core claims."""
    texts = [side.text for side in sides]
    truth = np.array([-1 if side.is_true is None else int(side.is_true) for side in sides])
    return CoreSentences(texts, texts, truth, np.zeros(len(texts), dtype=bool))


def _answers(query: _Query, sides: Sequence[_Side], row: int, cosine: float) -> Answers:
    """The answers for a query and a side."""
    if row == query.own:
        return query.answers
    if query.own is None:
        return NOTHING
    ours, side = sides[query.own], sides[row]
    if shared := [ours.rulings[ruling] == side.rulings[ruling] for ruling in ours.rulings.keys() & side.rulings.keys()]:
        if query.kind != CORE or len(set(shared)) > 1:
            return _UNKNOWN
        return _SAME if shared[0] else _OPPOSITE
    if query.kind != CORE or side.is_true is None:
        return NOTHING if cosine < _SAME_CLAIM_FROM else _UNKNOWN
    if side.is_true is not ours.is_true:
        return (0, 0, UNKNOWN, UNKNOWN)
    return NOTHING if cosine < _SAME_CORE_FROM else _UNKNOWN


def _agree(query: _Query, sides: Sequence[_Side], row: int) -> bool:
    """Whether two core claims are both true or both false, so that confusing them still gives the right label."""
    return query.kind == CORE and query.own is not None and sides[query.own].is_true is sides[row].is_true


def _checks(rows: PairRows, question: str) -> list[Check]:
    """The bounds on a question: the pairs for which yes is wrong, and the share of their sentences that may get it."""
    kinds, own = np.array(rows.kind), np.array(rows.own)
    wrong = np.array(rows.answers)[:, CLOSE_QUESTIONS.index(question)] == 0
    is_plain = np.isin(kinds, [kind.value for kind in Kind])
    return [
        Check(wrong & (kinds == CORE), WRONG_SHARE[CORE]),
        Check(wrong & (kinds == EDIT), WRONG_SHARE[EDIT]),
        Check(wrong & is_plain & own, WRONG_SHARE["plain"]),
        Check(kinds == ORDINARY, WRONG_SHARE[ORDINARY]),
    ]
