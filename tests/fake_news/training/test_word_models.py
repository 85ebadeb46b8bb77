"""The veracity model learns the order of the ratings, heeds weights and stays a sum over features."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import numpy as np
import pytest
import scipy.sparse as sp
from sklearn.base import clone
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import column_or_1d

from fake_news.common.arrays import IntArray
from fake_news.training.word_models import FIRST_TRUE_RANK, SOFT_TARGETS, OrdinalVeracityClassifier


def cue_data(texts: int = 600, seed: int = 0) -> tuple[sp.csr_matrix, IntArray]:
    """Feature r (0 to 5) stands mostly in texts of rank r; features 6 to 25 stand anywhere."""
    random = np.random.default_rng(seed)
    ranks = random.integers(0, 6, texts)
    features = (random.random((texts, 26)) < 0.2).astype(float)
    features[:, :6] = (random.random((texts, 6)) < 0.08).astype(float)
    features[np.arange(texts), ranks] = 1.0
    return sp.csr_matrix(features / np.linalg.norm(features, axis=1, keepdims=True)), ranks


class OfTwoLabels(OrdinalVeracityClassifier):
    """The model with the labels that scikit-learn's checks make up: of two, the first is pants-fire, the other true."""

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:  # noqa: N803
        labels: Any = y if y is None else column_or_1d(y, warn=True)
        if labels is None or (labels.dtype.kind == "f" and not (labels == labels.round()).all()):
            return super().fit(X, labels, sample_weight)
        classes, codes = np.unique(labels, return_inverse=True)
        if len(classes) > 2:
            raise ValueError("Only binary classification is supported, as one score ranks the texts.")
        super().fit(X, 5 * codes, sample_weight)
        self.classes_ = classes
        return self

    def predict(self, X: Any) -> Any:  # noqa: N803
        predicted = super().predict(X)
        return self.classes_[predicted]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        return tags


# Compatibility with array libraries that are not installed warns.
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
@parametrize_with_checks([OfTwoLabels()])
def test_is_a_scikit_learn_estimator(estimator: Any, check: Callable[[Any], None]) -> None:
    check(estimator)


@pytest.mark.parametrize(
    ("ranks", "why"),
    [([0, 3, 6], "whole numbers from 0 to 5"), ([0, 3, -1], "0 to 5"), ([0, 1, 2], "of one class"), ([3, 4], "one cl")],
)
def test_other_ranks_are_refused(ranks: list[int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        OrdinalVeracityClassifier().fit(sp.csr_matrix(np.eye(len(ranks))), ranks)


def test_weights_follow_the_order_of_the_ratings() -> None:
    features, ranks = cue_data()
    model = OrdinalVeracityClassifier().fit(features, ranks)
    cues, noise = model.coef_[:6], model.coef_[6:]
    assert (np.diff(cues) > 0).all()
    assert cues[FIRST_TRUE_RANK - 1] < 0 < cues[FIRST_TRUE_RANK]
    assert abs(noise).max() < abs(cues).max() / 4


def test_it_judges_what_it_has_not_seen() -> None:
    model = OrdinalVeracityClassifier().fit(*cue_data())
    features, ranks = cue_data(seed=1)
    right = model.predict(features) == (ranks >= FIRST_TRUE_RANK)
    assert right.mean() > 0.85  # the majority is right in half of them
    assert model.score(features, ranks >= FIRST_TRUE_RANK) == right.mean()


def test_a_logit_is_the_sum_of_its_features_and_the_intercept() -> None:
    features, ranks = cue_data()
    model = OrdinalVeracityClassifier().fit(features, ranks)
    expected = features.toarray() @ model.coef_ + model.intercept_
    np.testing.assert_allclose(model.decision_function(features), expected, rtol=0, atol=1e-12)
    np.testing.assert_array_equal(model.predict(features), (expected > 0).astype(int))


def test_a_weight_of_two_is_the_row_twice() -> None:
    features, ranks = cue_data(200)
    weight = np.where(np.arange(200) % 3 == 0, 2, 1)
    weighted = OrdinalVeracityClassifier().fit(features, ranks, sample_weight=weight)
    rows = np.repeat(np.arange(200), weight)
    repeated = OrdinalVeracityClassifier().fit(features[rows], ranks[rows])
    plain = OrdinalVeracityClassifier().fit(features, ranks)
    np.testing.assert_allclose(weighted.coef_, repeated.coef_, rtol=0, atol=2e-3)
    assert weighted.intercept_ == pytest.approx(repeated.intercept_, abs=2e-3)
    assert abs(weighted.coef_ - plain.coef_).max() > 0.05


def test_equal_weights_are_no_weights() -> None:
    features, ranks = cue_data(200)
    weighted = OrdinalVeracityClassifier().fit(features, ranks, sample_weight=np.ones(200))
    np.testing.assert_array_equal(weighted.coef_, OrdinalVeracityClassifier().fit(features, ranks).coef_)


def test_it_is_an_estimator_of_scikit_learn() -> None:
    model = clone(OrdinalVeracityClassifier(logistic_c=2.0, ridge_alpha=3.0, naive_bayes_alpha=0.5))
    assert model.get_params() == {"logistic_c": 2.0, "ridge_alpha": 3.0, "naive_bayes_alpha": 0.5}
    features, ranks = cue_data(200)
    assert abs(model.fit(features, ranks).coef_ - OrdinalVeracityClassifier().fit(features, ranks).coef_).max() > 0


def test_soft_targets_rise_with_the_rating_and_cross_the_middle_at_half_true() -> None:
    assert (np.diff(SOFT_TARGETS) > 0).all()
    assert SOFT_TARGETS[FIRST_TRUE_RANK - 1] < 0.5 < SOFT_TARGETS[FIRST_TRUE_RANK]


def test_some_features_may_be_held_back() -> None:
    features, ranks = cue_data(200)
    model = OrdinalVeracityClassifier().fit(features, ranks)
    columns = np.arange(features.shape[1]) % 2 == 0
    held_back = model.with_weights_scaled(columns, 0.25)
    np.testing.assert_allclose(held_back.coef_, np.where(columns, 0.25, 1.0) * model.coef_)
    assert held_back.intercept_ == model.intercept_
    assert abs(model.coef_[columns]).max() > abs(held_back.coef_[columns]).max()
