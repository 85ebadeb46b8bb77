"""The linear models of words: how true a statement sounds, how like a false claim, and whether it is a claim at all.

A rating says more than true or false: pants-fire is further from half-true than mostly-false is. Logistic regression
on soft targets, ridge regression on the rank and naive Bayes err differently; their average beats each of them in
cross-validation, and being linear it costs nothing at serving time and explains itself word by word.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.naive_bayes import MultinomialNB
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from fake_news.common.arrays import BoolArray, FloatArray, IntArray
from fake_news.data.claims import Sentence
from fake_news.data.statements import SIX_WAY
from fake_news.detection.claims.check_worthiness import CheckWorthiness
from fake_news.training.recipe import Recipe

SOFT_TARGETS = np.array([0.08, 0.17, 0.36, 0.64, 0.80, 0.88])
"""P(true) that a rating stands for, from pants-fire to true: neighbours differ least where raters disagree most."""

FIRST_TRUE_RANK = SIX_WAY["half-true"]


class OrdinalVeracityClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Linear classifier of true (1) against false (0), learned from six ranks.

    Parameters
    ----------
    logistic_c : inverse regularisation of the logistic part
    ridge_alpha : regularisation of the ridge part
    naive_bayes_alpha : smoothing of the naive Bayes part (Lidstone)

    Attributes
    ----------
    coef_ : (features,) weights in log-odds-like units, positive towards true
    intercept_ : float
    """

    def __init__(self, logistic_c: float = 1.0, ridge_alpha: float = 6.0, naive_bayes_alpha: float = 0.7) -> None:
        self.logistic_c = logistic_c
        self.ridge_alpha = ridge_alpha
        self.naive_bayes_alpha = naive_bayes_alpha

    def fit(self, X: sp.csr_matrix, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:  # noqa: N803
        """Fit to ranks 0 (pants-fire) … 5 (true), ``X`` of shape (texts, features) and not negative.

        Raises
        ------
        ValueError
            If a rank is none of the six, or those that weigh anything are all true or all false.
        """
        rows, labels = validate_data(self, X, y, accept_sparse="csr", dtype=np.float64)
        ranks = _ranks(labels)
        weight = _check_sample_weight(sample_weight, rows, dtype=np.float64, ensure_non_negative=True)
        _require_both_classes(ranks[weight > 0])
        X = sp.csr_matrix(rows)  # noqa: N806
        target = SOFT_TARGETS[ranks]
        logistic = LogisticRegression(C=self.logistic_c, max_iter=500).fit(
            sp.vstack([X, X]).tocsr(),
            np.repeat([1, 0], len(ranks)),
            sample_weight=np.concatenate([weight * target, weight * (1.0 - target)]),
        )
        ridge = Ridge(alpha=self.ridge_alpha).fit(X, ranks, sample_weight=weight)
        bayes = MultinomialNB(alpha=self.naive_bayes_alpha).fit(X, ranks >= FIRST_TRUE_RANK, sample_weight=weight)
        parts = [
            (logistic.coef_[0], float(logistic.intercept_[0])),
            (ridge.coef_, float(ridge.intercept_)),
            (
                bayes.feature_log_prob_[1] - bayes.feature_log_prob_[0],
                float(bayes.class_log_prior_[1] - bayes.class_log_prior_[0]),
            ),
        ]
        self.classes_ = np.array([0, 1])
        self.coef_ = np.zeros(X.shape[1])
        self.intercept_ = 0.0
        for coefficients, intercept in parts:
            scores = X @ coefficients + intercept
            if np.ptp(scores) == 0.0:
                continue  # it gives every text the same score
            # Each part in units of its own spread, so that none dominates by its scale.
            spread = float(np.sqrt(np.average((scores - np.average(scores, weights=weight)) ** 2, weights=weight)))
            self.coef_ += coefficients / (len(parts) * spread)
            self.intercept_ += (intercept - float(np.average(scores, weights=weight))) / (len(parts) * spread)
        return self

    def with_weights_scaled(self, columns: BoolArray, share: float) -> OrdinalVeracityClassifier:
        """Copy the model, with this share of their weight left to the features in ``columns``, shape (features,)."""
        scaled = copy.deepcopy(self)
        scaled.coef_[columns] *= share
        return scaled

    def decision_function(self, X: sp.csr_matrix) -> FloatArray:  # noqa: N803
        """Uncalibrated logits, shape (texts,)."""
        check_is_fitted(self)
        rows = validate_data(self, X, accept_sparse="csr", dtype=np.float64, reset=False)
        scores: FloatArray = rows @ self.coef_ + self.intercept_
        return scores

    def predict(self, X: sp.csr_matrix) -> IntArray:  # noqa: N803
        """1 where the logit is positive, else 0."""
        return (self.decision_function(X) > 0).astype(np.int64)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.input_tags.positive_only = True
        return tags


def _ranks(labels: NDArray[Any]) -> IntArray:
    check_classification_targets(labels)
    known = range(len(SOFT_TARGETS))
    if not np.isin(labels, known).all():
        raise ValueError(f"Unknown label type: ranks are whole numbers from {known[0]} to {known[-1]}.")
    return labels.astype(np.int64)


def _require_both_classes(ranks: IntArray) -> None:
    if len(np.unique(ranks >= FIRST_TRUE_RANK)) < 2:
        raise ValueError("The ranks are of one class: there must be some below half-true and some from there on.")


@dataclass(frozen=True)
class Linear:
    """A weight for each feature, shape (features,), and an intercept."""

    weights: FloatArray
    intercept: float

    def __call__(self, features: sp.csr_matrix) -> FloatArray:
        """Logits, shape (texts,)."""
        logits: FloatArray = features @ self.weights + self.intercept
        return logits


def fit_false_claim(
    statements: sp.csr_matrix,
    false: BoolArray,
    weights: FloatArray | None,
    ordinary: sp.csr_matrix,
    veracity: OrdinalVeracityClassifier,
    logistic_c: float,
) -> Linear:
    """Fit false claims against sentences of ordinary articles; statements that sound true score lower."""
    falsehoods = np.flatnonzero(false)
    of_falsehoods = np.ones(len(falsehoods)) if weights is None else weights[falsehoods]
    model = LogisticRegression(C=logistic_c, solver="newton-cg").fit(
        sp.vstack([statements[falsehoods], ordinary]).tocsr(),
        np.repeat([1, 0], [len(falsehoods), ordinary.shape[0]]),
        sample_weight=np.concatenate([of_falsehoods, np.ones(ordinary.shape[0])]),
    )
    return Linear(model.coef_[0] - veracity.coef_, float(model.intercept_[0]) - veracity.intercept_)


_FOLDS = 5
_CHECKED_STATEMENTS = 3000


def fit_check_worthiness(
    claims: Sequence[Sentence], of_claims: sp.csr_matrix, of_checked: sp.csr_matrix, recipe: Recipe
) -> tuple[LogisticRegression, CheckWorthiness]:
    """Fit claims of debates and news against other sentences; some fact-checked statements join the claims.

    Without those, the model rejects 60 % of later fact-checked statements, mostly social posts.

    Parameters
    ----------
    of_claims, of_checked : features of ``claims`` and of the fact-checked statements
    """
    count = of_checked.shape[0]
    chosen = np.random.default_rng(0).choice(count, min(_CHECKED_STATEMENTS, count), replace=False)
    features = sp.vstack([of_claims, of_checked[np.sort(chosen)]]).tocsr()
    labels = np.array([*(sentence.is_claim for sentence in claims), *(True for _ in chosen)])
    model = LogisticRegression(C=recipe.check_worthiness.logistic_c, solver="newton-cg")  # quickest here
    folds = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    scores = cross_val_predict(model, features, labels, cv=folds, method="predict_proba")[:, 1]
    precision, recall, thresholds = precision_recall_curve(labels, scores)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    threshold = float(thresholds[int(np.argmax(f1[:-1]))])
    model.fit(features, labels)
    return model, CheckWorthiness(round(threshold, 4), recipe.check_worthiness.fewest_words)


def all_are_claims(features: int, recipe: Recipe) -> tuple[LogisticRegression, CheckWorthiness]:
    """Stand in where no sentence is marked as claim or not: everything that is long enough is a claim."""
    model = LogisticRegression()
    model.classes_, model.n_features_in_ = np.array([False, True]), features
    model.coef_, model.intercept_ = np.zeros((1, features)), np.zeros(1)
    return model, CheckWorthiness(0.5, recipe.check_worthiness.fewest_words)
