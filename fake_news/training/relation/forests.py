"""The relation model: a forest for each question, and the closeness models; calibrated and bounded out of fold."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from fake_news.common.arrays import FloatArray
from fake_news.data.project_sentences import Kind
from fake_news.detection.factchecks.forest import Forest
from fake_news.detection.factchecks.relation.features import FEATURES
from fake_news.detection.factchecks.relation.head import Head
from fake_news.detection.factchecks.relation.model import (
    CLOSE_QUESTIONS,
    QUESTIONS,
    Calibration,
    Closeness,
    RelationModel,
    are_swapped,
)
from fake_news.training.relation.bounds import bounds
from fake_news.training.relation.pair_rows import ORDINARY, UNKNOWN, PairRows

RELATED_FROM = 0.4
"""Cosine from which a ruling is shown as related."""
_FOLDS = 4
_RANKING_FEATURES = frozenset(["rank", "cosine_behind_best"])
"""How a candidate compares with others ranks well but decides badly: the best of poor candidates is still poor."""


def fit_relation_model(rows: PairRows, head: Head) -> RelationModel:
    """Fit the relation model to rows, calibrated and bounded out of fold."""
    odds, calibrations, swapped = {}, {}, are_swapped(rows.arrays()[0])
    for question in QUESTIONS:
        forest = out_of_fold(rows, question)
        close = closeness_out_of_fold(rows, question) if question in CLOSE_QUESTIONS else None
        calibrations[question] = calibrate(rows, question, forest, close)
        odds[question] = np.where(swapped, 0.0, calibrations[question](forest, close))
    forests = {question: export_trees(fit_forest(rows, question)) for question in QUESTIONS}
    closeness = {question: fit_closeness(rows, question) for question in CLOSE_QUESTIONS}
    return RelationModel(head, forests, calibrations, closeness, bounds(rows, odds), RELATED_FROM)


def boosted_trees(
    iterations: int, rate: float, leaves: int, depth: int | None = None
) -> HistGradientBoostingClassifier:
    """Make unfitted trees; fitting them to the same rows always gives the same trees."""
    return HistGradientBoostingClassifier(
        max_iter=iterations,
        learning_rate=rate,
        max_leaf_nodes=leaves,
        max_depth=depth,
        min_samples_leaf=30,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=0,
    )


def small_trees() -> HistGradientBoostingClassifier:
    """Make the unfitted trees for the publishers' wordings."""
    return boosted_trees(150, 0.05, 6)


def fit_forest(
    rows: PairRows, question: str, trees: Callable[[], HistGradientBoostingClassifier] = small_trees
) -> HistGradientBoostingClassifier:
    """Fit trees to all rows whose answer to a question is known."""
    features, answer, weight, _ = _known_rows(rows, question)
    return trees().fit(features, answer, sample_weight=weight)


def out_of_fold(
    rows: PairRows, question: str, trees: Callable[[], HistGradientBoostingClassifier] = small_trees
) -> FloatArray:
    """Compute the log-odds of every row by trees that were fitted without its group."""
    features, answers, weight, group = rows.arrays()
    features = without_ranking(features)
    answer = answers[:, QUESTIONS.index(question)]
    logits = np.zeros(len(answer))
    for train, held_out in GroupKFold(_FOLDS).split(features, answer, group):
        known = train[answer[train] != UNKNOWN]
        fitted = trees().fit(features[known], answer[known], sample_weight=weight[known])
        logits[held_out] = fitted.decision_function(features[held_out])
    return logits


def calibrate(rows: PairRows, question: str, forest: FloatArray, closeness: FloatArray | None) -> Calibration:
    """Fit the weights of the log-odds of forest and closeness, both out of fold.

    Where there are both, they are fitted to plain sentences with their own rulings, most of them near misses, and to
    ordinary text.
    """
    _, answers, weight, _ = rows.arrays()
    answer = answers[:, QUESTIONS.index(question)]
    if closeness is None:
        known = answer != UNKNOWN
        platt = LogisticRegression(C=1e6).fit(forest[known, None], answer[known], sample_weight=weight[known])
        return Calibration(float(platt.coef_[0, 0]), 0.0, float(platt.intercept_[0]))
    known = (answer != UNKNOWN) & (_is_close(rows) | (np.array(rows.kind) == ORDINARY))
    platt = LogisticRegression(C=10.0).fit(np.column_stack([forest, closeness])[known], answer[known])
    return Calibration(float(platt.coef_[0, 0]), float(platt.coef_[0, 1]), float(platt.intercept_[0]))


def fit_closeness(rows: PairRows, question: str) -> Closeness:
    """Fit a logistic model of the head's outcomes to plain sentences and their own rulings."""
    features, answers, _, _ = rows.arrays()
    answer = answers[:, QUESTIONS.index(question)]
    chosen = _is_close(rows) & (answer != UNKNOWN)
    return _closeness(features[chosen], answer[chosen])


def closeness_out_of_fold(rows: PairRows, question: str) -> FloatArray:
    """Compute the log-odds of every row by a closeness model that was fitted without its group."""
    features, answers, _, group = rows.arrays()
    answer = answers[:, QUESTIONS.index(question)]
    is_close = _is_close(rows) & (answer != UNKNOWN)
    logits = np.zeros(len(answer))
    for train, held_out in GroupKFold(_FOLDS).split(features, answer, group):
        fitted = train[is_close[train]]
        logits[held_out] = _closeness(features[fitted], answer[fitted]).logits(features[held_out])
    return logits


def _is_close(rows: PairRows) -> NDArray[np.bool_]:
    return np.array(rows.own) & np.isin(np.array(rows.kind), [kind.value for kind in Kind])


def _closeness(features: NDArray[np.float32], answer: NDArray[np.int8]) -> Closeness:
    read = [place for place, name in enumerate(FEATURES) if name.startswith("head_") or name == "cosine"]
    mean, spread = features[:, read].mean(axis=0), features[:, read].std(axis=0) + 1e-6
    fitted = LogisticRegression(C=0.1, max_iter=500).fit((features[:, read] - mean) / spread, answer)
    weights = np.zeros(len(FEATURES), dtype=np.float32)
    weights[read] = fitted.coef_[0] / spread
    return Closeness(weights, float(fitted.intercept_[0] - (fitted.coef_[0] * mean / spread).sum()))


def without_ranking(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """The features, with those that compare a candidate with the others set to zero."""
    blind = features.copy()
    blind[:, [FEATURES.index(name) for name in _RANKING_FEATURES]] = 0.0
    return blind


def export_trees(trees: HistGradientBoostingClassifier) -> Forest:
    """Convert the trees to arrays."""
    roots, parts, first, depth = [], [], 0, 0
    for (predictor,) in trees._predictors:
        nodes = predictor.nodes
        roots.append(first)
        here = first + np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        parts.append(
            (
                np.where(leaf, 0, nodes["feature_idx"]),
                np.where(leaf, np.inf, nodes["num_threshold"]),
                np.where(leaf, here, first + nodes["left"]),
                np.where(leaf, here, first + nodes["right"]),
                np.where(leaf, nodes["value"], 0.0),
            )
        )
        depth = max(depth, int(nodes["depth"].max()))
        first += len(nodes)
    feature, threshold, left, right, value = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return Forest(
        np.array(roots, dtype=np.int32),
        feature.astype(np.int16),
        threshold.astype(np.float64),
        left.astype(np.int32),
        right.astype(np.int32),
        value.astype(np.float64),
        depth,
        float(np.ravel(trees._baseline_prediction)[0]),
    )


def _known_rows(
    rows: PairRows, question: str
) -> tuple[NDArray[np.float32], NDArray[np.int8], NDArray[np.float32], NDArray[np.str_]]:
    features, answers, weight, group = rows.arrays()
    answer = answers[:, QUESTIONS.index(question)]
    known = answer != UNKNOWN
    return without_ranking(features)[known], answer[known], weight[known], group[known]
