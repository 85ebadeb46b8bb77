"""Fitting the word model of check-worthiness, and where a claim begins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from fake_news.data.claims import Sentence
from fake_news.detection.claims.check_worthiness import CheckWorthiness
from fake_news.training.recipe import Recipe

_FOLDS = 5
_CHECKED_STATEMENTS = 3000


def fit_check_worthiness(
    claims: Sequence[Sentence], of_claims: sp.csr_matrix, of_checked: sp.csr_matrix, recipe: Recipe
) -> tuple[LogisticRegression, CheckWorthiness]:
    """Claims of debates and news against the rest; some fact-checked statements, claims by definition, join them.

    Without those, the model of debates takes 60 % of later fact-checked statements, mostly social posts, for no claim.

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
    """What stands in where no sentence is marked as claim or not: everything that is long enough is one."""
    model = LogisticRegression()
    model.classes_, model.n_features_in_ = np.array([False, True]), features
    model.coef_, model.intercept_ = np.zeros((1, features)), np.zeros(1)
    return model, CheckWorthiness(0.5, recipe.check_worthiness.fewest_words)
