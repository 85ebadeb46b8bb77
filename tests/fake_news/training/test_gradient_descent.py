"""The teaching model: a true scikit-learn estimator, whose minimum is the one that scikit-learn finds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.utils.estimator_checks import parametrize_with_checks

from fake_news.training.gradient_descent import GradientDescentLogisticRegression


def _rows(seed: int = 0, samples: int = 80, features: int = 5) -> tuple[Any, Any]:
    random = np.random.default_rng(seed)
    rows = random.normal(size=(samples, features))
    noise = random.logistic(size=samples)
    return rows, np.where(rows @ np.arange(features) + noise > 0.5, "true", "false")


# The checks fit with five steps at most, and compatibility with array libraries that are not installed warns.
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning")
@parametrize_with_checks([GradientDescentLogisticRegression()])
def test_is_a_scikit_learn_estimator(estimator: Any, check: Callable[[Any], None]) -> None:
    check(estimator)


@pytest.mark.parametrize("l2", [1e-3, 1e-1])
def test_finds_the_minimum_that_scikit_learn_finds(l2: float) -> None:
    rows, labels = _rows()
    ours = GradientDescentLogisticRegression(l2=l2, max_iter=20_000, tol=1e-9).fit(rows, labels)
    theirs = LogisticRegression(C=1 / (l2 * len(rows)), tol=1e-10, max_iter=10_000).fit(rows, labels)
    np.testing.assert_allclose(ours.coef_, theirs.coef_, atol=1e-5)
    np.testing.assert_allclose(ours.intercept_, theirs.intercept_, atol=1e-5)
    np.testing.assert_allclose(ours.predict_proba(rows), theirs.predict_proba(rows), atol=1e-5)


@settings(max_examples=40, deadline=None)
@given(scale=st.floats(1e-3, 1e3), learning_rate=st.floats(1e-3, 1e3), seed=st.integers(0, 100))
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_cost_only_falls_whatever_the_scale_and_the_learning_rate(
    scale: float, learning_rate: float, seed: int
) -> None:
    rows, labels = _rows(seed)
    costs = GradientDescentLogisticRegression(learning_rate=learning_rate, max_iter=50).fit(rows * scale, labels).costs_
    assert costs[0] == pytest.approx(np.log(2))  # all weights zero: every row is even odds
    assert np.all(np.diff(costs) <= 0)
    assert costs[-1] < costs[0]


def test_sparse_rows_give_the_same_model_as_dense_ones() -> None:
    rows, labels = _rows()
    rows[np.abs(rows) < 0.7] = 0.0
    dense = GradientDescentLogisticRegression(l2=0.01).fit(rows, labels)
    sparse = GradientDescentLogisticRegression(l2=0.01).fit(sp.csr_matrix(rows), labels)
    np.testing.assert_allclose(sparse.coef_, dense.coef_, atol=1e-12)
    np.testing.assert_allclose(sparse.decision_function(sp.csr_matrix(rows)), dense.decision_function(rows), atol=1e-12)


def test_weight_of_a_row_counts_like_its_repetition() -> None:
    rows, labels = _rows()
    weight = np.arange(len(rows)) % 3
    weighted = GradientDescentLogisticRegression(l2=0.01).fit(rows, labels, sample_weight=weight)
    repeated = GradientDescentLogisticRegression(l2=0.01).fit(np.repeat(rows, weight, 0), np.repeat(labels, weight))
    np.testing.assert_allclose(weighted.coef_, repeated.coef_, atol=1e-9)


def test_stronger_penalty_gives_smaller_weights() -> None:
    rows, labels = _rows()
    norms = [np.linalg.norm(GradientDescentLogisticRegression(l2=l2).fit(rows, labels).coef_) for l2 in (0.01, 0.1, 1)]
    assert norms[0] > norms[1] > norms[2] > 0


def test_says_when_the_steps_run_out() -> None:
    rows, labels = _rows()
    with pytest.warns(ConvergenceWarning, match="took all 3 steps"):
        model = GradientDescentLogisticRegression(max_iter=3, tol=1e-12).fit(rows, labels)
    assert model.n_iter_ == 3
    assert len(model.costs_) == 4


def test_refuses_a_third_class() -> None:
    rows, _ = _rows()
    with pytest.raises(ValueError, match="Only binary classification"):
        GradientDescentLogisticRegression().fit(rows, np.arange(len(rows)) % 3)
