"""Fitting the model of similar rulings, and choosing its bound by Learn-then-Test."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold

from fake_news.common.arrays import BoolArray, Float32Array, FloatArray, IntArray
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.forest import Forest
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.matcher import Matcher
from fake_news.detection.veracity.similar_rulings import (
    RULING_LABELS,
    SimilarRulings,
    may_be_judged,
    similarity_features,
    supporting_rulings,
)
from fake_news.detection.verdict import Label
from fake_news.statistics.risk_control import error_upper_bound, is_share_within, proven
from fake_news.training.relation.forests import export_trees
from fake_news.training.veracity.similar_statements import (
    CHARGED,
    FALSE_CLAIM,
    IN_SIGHT,
    ORDINARY,
    TRUE_CLAIM,
    Statement,
)

logger = logging.getLogger(__name__)

AreClaims = Callable[[Sequence[str]], list[bool]]
"""Which of some texts, taken as one sentence each, are claims."""

COPY_FROM = 0.92
"""Likeness of two claims from which they are copies."""
_REPEATED_FROM = 0.7
"""Likeness from which an ordinary sentence may well repeat a ruled claim, so that it is not ordinary."""
_FOLDS = 5
_CHARGED = ("opposite, false", "background, ")
"""Sources of what is true on a charged topic: denials of false claims, and background."""
_HALF = frozenset([FALSE_CLAIM, ORDINARY])
_CONFIDENCE, _ORDINARY_SHARE, _WRONG_SHARE, _WRONG_AT_EVEN_RATE = 0.9, 0.001, 0.01, 0.2
_STEPS = (0.95, 0.92, 0.89, 0.86, 0.83, 0.8)
"""Thresholds that are tried. Shares that only grow are bounded step by step, without a correction for their number
(fixed-sequence testing). Errors have one (Bonferroni's): where few are called nothing is proven yet."""
_NEVER = 2.0
_AT_ONCE = 256


@dataclass(frozen=True)
class NearbyRulings:
    """The rulings near some statements, as the model reads them.

    Attributes
    ----------
    features : (statements, len(FEATURES))
    supported : for false and for true, (statements,), whether enough rulings support it
    """

    features: FloatArray
    supported: dict[Label, BoolArray]


def fit_similar_rulings(
    matcher: Matcher, library: Library, found: Sequence[Statement], are_claims: AreClaims
) -> SimilarRulings:
    """Fit the model, and choose bounds out of fold: few ordinary sentences get a label, and few others a wrong one.

    It learns from denials and reports too, about which it is never asked; the bounds count them as not called.

    Parameters
    ----------
    are_claims : which texts pass the claim gate
    """
    return fit_to(read_nearby(matcher, library, found), are_asked(found, are_claims), found)


def fit_to(nearby: NearbyRulings, asked: BoolArray, found: Sequence[Statement]) -> SimilarRulings:
    """Fit the model to statements whose nearby rulings were read already.

    Parameters
    ----------
    asked : (statements,) see :func:`are_asked`
    """
    forests, bounds = fit_forests(nearby.features, found), {}
    for label in RULING_LABELS:
        odds = _out_of_fold(label, nearby.features, np.flatnonzero(_teaches(label, found)), found)
        bounds[label] = _bound(label, np.where(nearby.supported[label] & asked, odds, 0.0), found)
    return SimilarRulings(forests, bounds)


def fit_forests(features: FloatArray, found: Sequence[Statement]) -> dict[Label, Forest]:
    """Fit the forests for false and for true, without bounds."""
    return {label: _fit(label, features, np.flatnonzero(_teaches(label, found)), found) for label in RULING_LABELS}


def claims_by(detector: Detector) -> AreClaims:
    """Make the gate of a detector, by its claim model and threshold."""
    return lambda texts: [score >= detector.claim_threshold for score in detector.worthiness(texts)]


def are_asked(found: Sequence[Statement], are_claims: AreClaims) -> BoolArray:
    """Find which statements may be called likely at all, shape (statements,)."""
    texts = [statement.text for statement in found]
    asked: BoolArray = np.array([may_be_judged(text) for text in texts]) & np.array(are_claims(texts))
    return asked


def _teaches(label: Label, found: Sequence[Statement]) -> BoolArray:
    """Find the statements that the forest of a label learns from; those without a ruling may be true."""
    return np.array(
        [label is Label.FALSE or statement.truth is not None or statement.source == ORDINARY for statement in found]
    )


def _out_of_fold(label: Label, features: FloatArray, rows: IntArray, found: Sequence[Statement]) -> FloatArray:
    """Compute the probabilities of all statements, each by trees that were fitted without its group."""
    groups = np.array([statement.group for statement in found])
    learned = np.zeros(len(found), dtype=bool)
    learned[rows] = True
    odds = np.zeros(len(found))
    for train, held_out in GroupKFold(_FOLDS).split(features, groups=groups):
        forest = _fit(label, features, train[learned[train]], found)
        odds[held_out] = 1.0 / (1.0 + np.exp(-forest.logits(features[held_out].astype(np.float32))))
    return odds


def read_nearby(matcher: Matcher, library: Library, found: Sequence[Statement]) -> NearbyRulings:
    """Read the rulings near each statement, without its own, their copies, and what was published too late."""
    features: list[FloatArray] = []
    supported: dict[Label, list[bool]] = {label: [] for label in RULING_LABELS}
    for first in range(0, len(found), _AT_ONCE):
        part = found[first : first + _AT_ONCE]
        texts = [statement.text for statement in part]
        candidates = matcher.candidates(texts, matcher.encode(texts), library)
        for statement, near in zip(part, candidates, strict=True):
            kept = _others(statement, near.claims, near.cosine, library)
            labels = [library.rulings[claim].label for claim in near.claims[kept].tolist()]
            features.append(similarity_features(near.features[kept], near.cosine[kept], labels))
            for label, of_label in supported.items():
                of_label.append(bool(supporting_rulings(label, near.features[kept], near.cosine[kept], labels)))
    return NearbyRulings(np.array(features), {label: np.array(of_label) for label, of_label in supported.items()})


def _others(statement: Statement, claims: IntArray, cosine: Float32Array, library: Library) -> BoolArray:
    """Which claims are neither the statement's own nor copies of it, and were ruled on in time."""
    kept: BoolArray = np.ones(len(claims), dtype=bool)
    if statement.own:
        own = library.vectors.rows(np.array(statement.own))
        kept &= (library.vectors.rows(claims) @ own.T).max(axis=1) < COPY_FROM
        kept &= ~np.isin(claims, statement.own)
    if statement.source == ORDINARY:
        kept &= cosine < _REPEATED_FROM
    if statement.before:
        kept &= np.array([library.rulings[claim].date < statement.before for claim in claims.tolist()], dtype=bool)
    return kept


def _fit(label: Label, features: FloatArray, rows: IntArray, found: Sequence[Statement]) -> Forest:
    trees = HistGradientBoostingClassifier(
        max_iter=150,
        learning_rate=0.05,
        max_leaf_nodes=8,
        min_samples_leaf=40,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=0,
    )
    answers = [found[row].truth is label for row in rows.tolist()]
    weights = [0.5 if found[row].source in _HALF else 1.0 for row in rows.tolist()]
    return export_trees(trees.fit(features[rows].astype(np.float32), answers, sample_weight=weights))


def _bound(label: Label, odds: FloatArray, found: Sequence[Statement]) -> float:
    """Choose by Learn-then-Test the lowest threshold at which few enough are called, and few enough of them wrongly."""
    source = np.array([statement.source for statement in found])
    is_plain = np.char.find(source.astype(str), ",") >= 0
    is_so = np.array([statement.truth is label for statement in found])
    # A statement without a ruling may be called true, as most are.
    is_wrong = ~is_so if label is Label.FALSE else np.array([statement.truth is Label.FALSE for statement in found])
    # Bounded by themselves too: among all that is wrong they would be few, and nothing costs more trust.
    charged = np.array([_is_charged(one) for one in source.tolist()]) & is_wrong
    right_claims, wrong_claims = source == FALSE_CLAIM, source == TRUE_CLAIM
    if label is Label.TRUE:
        right_claims, wrong_claims = wrong_claims, right_claims
    shares = [(source == ORDINARY, _ORDINARY_SHARE), (is_plain & is_wrong, _WRONG_SHARE)]
    shares += [(charged, _WRONG_SHARE)] if charged.any() else []

    def are_few(threshold: float) -> bool:
        return all(_is_within(share, odds[chosen] >= threshold) for chosen, share in shares)

    bound = min(
        (
            threshold
            for threshold in proven(_STEPS, are_few)
            if _error_bound(odds >= threshold, wrong_claims, right_claims) <= _WRONG_AT_EVEN_RATE
        ),
        default=_NEVER,
    )
    for name in sorted(set(source.tolist())):
        logger.info(
            "  likely %s from %.3f: %.4f of %s", label, bound, float((odds >= bound)[source == name].mean()), name
        )
    return bound


def _is_charged(source: str) -> bool:
    return source == CHARGED or (source.startswith(_CHARGED) and source.endswith(IN_SIGHT))


def _error_bound(called: BoolArray, wrong: BoolArray, right: BoolArray) -> float:
    """The most that may be wrong among what is called, of claims that were checked, at an even base rate."""
    counts = (int(called[wrong].sum()), int(wrong.sum()), int(called[right].sum()), int(right.sum()))
    return error_upper_bound(*counts, 1.0 - (1.0 - _CONFIDENCE) / len(_STEPS))


def _is_within(share: float, called: BoolArray) -> bool:
    return is_share_within(share, int(called.sum()), len(called), _CONFIDENCE)
