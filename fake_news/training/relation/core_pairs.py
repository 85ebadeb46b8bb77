"""The training of the model of core claims: its forests, and the bounds from which they decide."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from fake_news.data.project_sentences import Kind, PlainSentence
from fake_news.detection.encoder.cross_encoder import CrossEncoder
from fake_news.detection.encoder.store import EncoderFiles
from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.claim_profile import profile
from fake_news.detection.factchecks.core_claims import CoreClaims
from fake_news.detection.factchecks.fact_check import Rulings
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.factchecks.relation.core_pairs import CorePairModel, Sides, contrast, core_pair_features
from fake_news.detection.factchecks.relation.model import CLOSE_QUESTIONS, RelationModel
from fake_news.detection.factchecks.search.claim_vectors import quantise
from fake_news.detection.factchecks.terms import TermTable
from fake_news.training.cross_encoder.held_out import are_held_out
from fake_news.training.relation.bounds import Check, lowest_threshold
from fake_news.training.relation.core_comparisons import (
    AGREEING,
    CORE,
    EDIT,
    NOT_KNOWN,
    ORDINARY,
    TRUTH,
    Query,
    Side,
    agree,
    answers_of,
    as_core,
    core_sides,
    plain_sides,
    queries,
)
from fake_news.training.relation.forests import boosted_trees, export_trees, fit_forest, out_of_fold
from fake_news.training.relation.pair_rows import PairRows

logger = logging.getLogger(__name__)

WRONG_SHARE: Mapping[str, float] = {CORE: 0.005, EDIT: 0.005, TRUTH: 0.015, "plain": 0.02, ORDINARY: 0.001}
"""Of core claims, their edits, true sentences near a false one, plain words and ordinary sentences, those that may
wrongly be taken to say one."""


@dataclass(frozen=True)
class SentencesToLearn:
    """What the model of core claims learns from, besides these.

    Attributes
    ----------
    plain : plain sentences, of which those around development rulings are used
    truths : true sentences beside false core claims
    ordinary : sentences that say none of the core claims; also some that the cross-encoder learned from
    """

    plain: Sequence[PlainSentence]
    truths: Sequence[str]
    ordinary: Sequence[str]


def fit_core_pairs(
    core: CoreClaims,
    table: TermTable,
    relation: RelationModel,
    matcher: Matcher,
    cross_encoder: EncoderFiles,
    learned: SentencesToLearn,
) -> CorePairModel:
    """Fit the model of core claims, its forests bounded out of fold.

    Only sentences that the cross-encoder did not learn from are used: it knows the others too well.

    Parameters
    ----------
    matcher : reads texts and compares them
    """
    sides = [*core_sides(core), *plain_sides(learned.plain)]
    compared = list(queries(sides, learned.plain, learned.truths, learned.ordinary))
    sources = [query.text if query.own is None else sides[query.own].text for query in compared]
    unseen = are_held_out(sources, cross_encoder) | np.array([query.kind == ORDINARY for query in compared])
    compared = [query for query, is_used in zip(compared, unseen.tolist(), strict=True) if is_used]
    rows, of_rows = _rows(sides, compared, table, relation, matcher, CrossEncoder(cross_encoder))
    counts = Counter(query.kind for query in compared)
    logger.info("Fitting the forests of core claims to %d pairs of %s …", len(rows.answers), dict(counts))
    forests, bounds = {}, {}
    for question in CLOSE_QUESTIONS:
        forests[question] = export_trees(fit_forest(rows, question, _trees))
        odds = contrast(out_of_fold(rows, question, _trees), of_rows)
        bounds[question] = lowest_threshold(rows, odds, _checks(rows, question, counts))
    logger.info("Bounds of core claims: %s", bounds)
    return CorePairModel(forests, bounds)


def _trees() -> HistGradientBoostingClassifier:
    """Make larger trees than for the publishers' wordings: there are more pairs to learn from."""
    return boosted_trees(150, 0.06, 15)


def _rows(
    sides: Sequence[Side],
    queries: Sequence[Query],
    table: TermTable,
    relation: RelationModel,
    matcher: Matcher,
    compare: CrossEncoder,
) -> tuple[PairRows, Sides]:
    """Pair all queries with the sides that a search finds for them."""
    texts = [side.text for side in sides]
    columns = ClaimColumns.of([profile(text) for text in texts])
    library = Library.of(columns, quantise(matcher.encode(texts)), Rulings.of([]), table, core=as_core(sides))
    vectors = matcher.encode([query.text for query in queries])
    wanted = [[] if query.own is None else [query.own] for query in queries]
    rows, compared = PairRows(), list[int]()
    found = matcher.candidates([query.text for query in queries], vectors, library, wanted)
    for query, candidates in zip(queries, found, strict=True):
        kept = []
        for place, side in enumerate(candidates.claims.tolist()):
            if query.kind == CORE and side == query.own:
                continue
            answers = answers_of(query, sides, side, float(candidates.cosine[place]))
            if answers == NOT_KNOWN:
                continue
            kept.append(place)
            rows.answers.append(answers)
            rows.weight.append(1.0)
            rows.group.append(query.group)
            rows.kind.append(AGREEING if agree(query, sides, side) else query.kind)
            rows.own.append(side == query.own)
            rows.sentence.append(rows.sentences)
            compared.append(side)
        features = candidates.features[kept]
        outcomes = compare([(query.text, texts[side]) for side in candidates.claims[kept].tolist()])
        rows.features.append(core_pair_features(features, relation.probabilities(features), outcomes))
        rows.sentences += 1
    return rows, Sides(np.array(rows.sentence), as_core(sides).truth[compared])


def _checks(rows: PairRows, question: str, counts: Mapping[str, int]) -> list[Check]:
    """The bounds on a question: the pairs for which yes is wrong, and the share of their sentences that may get it.

    Parameters
    ----------
    counts : sentences of each kind, those included that are near no core claim
    """
    kinds, own = np.array(rows.kind), np.array(rows.own)
    wrong = np.array(rows.answers)[:, CLOSE_QUESTIONS.index(question)] == 0
    is_plain = np.isin(kinds, [kind.value for kind in Kind])
    return [
        *(Check(wrong & (kinds == kind), WRONG_SHARE[kind], counts[kind]) for kind in (CORE, EDIT, TRUTH, ORDINARY)),
        Check(wrong & is_plain & own, WRONG_SHARE["plain"]),
    ]
