"""Fitting the model of similar rulings, and choosing its bound by Learn-then-Test."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.veracity.similar_rulings import SimilarRulings, similarity_features, supporting
from fake_news.training.relation.forests import exported
from fake_news.training.risk_control import clopper_pearson
from fake_news.training.veracity.similar_statements import FALSE_CLAIM, ORDINARY, TRUE_CLAIM, Statement

logger = logging.getLogger(__name__)

Floats = NDArray[np.float64]

_COPY_FROM = 0.92
"""Likeness of two claims from which they are copies."""
_REPEATED_FROM = 0.7
"""Likeness from which an ordinary sentence may well repeat a ruled claim, so that it is not ordinary."""
_FOLDS = 5
_HALF = frozenset([FALSE_CLAIM, ORDINARY])
_CONFIDENCE, _ORDINARY_SHARE, _TRUE_SHARE, _WRONG_AT_EVEN_RATE = 0.9, 0.001, 0.01, 0.2
_STEPS = np.round(np.arange(0.99, 0.49, -0.005), 3)
_NEVER = 2.0
_AT_ONCE = 256


def fit_similar_rulings(matcher: Matcher, library: Library, found: Sequence[Statement]) -> SimilarRulings:
    """The model, bounded out of fold: of ordinary sentences and of true ones so few may be called likely false."""
    features, supported = _read(matcher, library, found)
    answers = np.array([statement.is_false for statement in found])
    weights = np.array([0.5 if statement.source in _HALF else 1.0 for statement in found])
    groups = np.array([statement.group for statement in found])
    odds = np.zeros(len(found))
    for train, held_out in GroupKFold(_FOLDS).split(features, answers, groups):
        fitted = _fit(features[train], answers[train], weights[train], _NEVER)
        odds[held_out] = fitted.probabilities(features[held_out])
    odds[~supported] = 0.0
    return _fit(features, answers, weights, _bound(odds, found))


def _read(matcher: Matcher, library: Library, found: Sequence[Statement]) -> tuple[Floats, NDArray[np.bool_]]:
    """Features of each statement, and whether enough rulings support that it is false."""
    features, supported = [], []
    for first in range(0, len(found), _AT_ONCE):
        part = found[first : first + _AT_ONCE]
        texts = [statement.text for statement in part]
        candidates = matcher.candidates(texts, matcher.encode(texts), library)
        for statement, near in zip(part, candidates, strict=True):
            kept = _others(statement, near.claims, near.cosine, library)
            labels = [library.rulings[claim].label for claim in near.claims[kept].tolist()]
            features.append(similarity_features(near.features[kept], near.cosine[kept], labels))
            supported.append(bool(supporting(near.features[kept], near.cosine[kept], labels)))
    return np.array(features), np.array(supported)


def _others(
    statement: Statement, claims: NDArray[np.int64], cosine: NDArray[np.float32], library: Library
) -> NDArray[np.bool_]:
    """Which claims are neither the statement's own nor copies of it, and were ruled on in time."""
    kept: NDArray[np.bool_] = np.ones(len(claims), dtype=bool)
    if statement.own:
        own = library.vectors.rows(np.array(statement.own))
        kept &= (library.vectors.rows(claims) @ own.T).max(axis=1) < _COPY_FROM
        kept &= ~np.isin(claims, statement.own)
    if statement.source == ORDINARY:
        kept &= cosine < _REPEATED_FROM
    if statement.before:
        kept &= np.array([library.rulings[claim].date < statement.before for claim in claims.tolist()], dtype=bool)
    return kept


def _fit(features: Floats, answers: NDArray[np.bool_], weights: Floats, bound: float) -> SimilarRulings:
    trees = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.05,
        max_leaf_nodes=8,
        min_samples_leaf=40,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=0,
    )
    return SimilarRulings(exported(trees.fit(features.astype(np.float32), answers, sample_weight=weights)), bound)


def _bound(odds: Floats, found: Sequence[Statement]) -> float:
    """The lowest threshold before the first at which too many are called likely false."""
    source = np.array([statement.source for statement in found])
    is_false = np.array([statement.is_false for statement in found])
    is_plain = np.char.find(source.astype(str), ",") >= 0
    bound = _NEVER
    for threshold in _STEPS.tolist():
        called = odds >= threshold
        if _too_many(called[source == ORDINARY], _ORDINARY_SHARE) or _too_many(
            called[is_plain & ~is_false], _TRUE_SHARE
        ):
            break
        right = max(float(called[is_plain & is_false].mean()), 1e-9)
        wrong = float(called[source == TRUE_CLAIM].mean())
        if wrong / (wrong + right) <= _WRONG_AT_EVEN_RATE:
            bound = threshold
    for name in sorted(set(source.tolist())):
        logger.info("  likely false at %.3f: %.4f of %s", bound, float((odds >= bound)[source == name].mean()), name)
    return bound


def _too_many(called: NDArray[np.bool_], share: float) -> bool:
    return len(called) == 0 or clopper_pearson(int(called.sum()), len(called), _CONFIDENCE)[1] > share
