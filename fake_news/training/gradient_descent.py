"""Logistic regression by gradient descent, from scratch: the model that the notebooks teach with."""

from __future__ import annotations

import warnings
from typing import Any, Self, TypeAlias

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from fake_news.common.arrays import FloatArray

Matrix: TypeAlias = "FloatArray | sp.csr_matrix"

_FASTER, _SLOWER = 1.2, 0.5


class GradientDescentLogisticRegression(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Two-class logistic regression, fitted by full-batch gradient descent in NumPy.

    The cost of weights w and intercept b is the mean cross-entropy of the training rows plus ``l2`` / 2 · |w|². Every
    iteration walks down its gradient. A step that lowers the cost by less than half of what the slope promises is not
    taken but halved (Armijo 1966), and after a good step the next may be a little longer, so the cost curve only ever
    falls, whatever the scale of the features.

    Parameters
    ----------
    l2 : weight of the penalty; the intercept is not penalised
    learning_rate : length of the first step, in units of the gradient
    max_iter : most steps
    tol : stop when no component of the gradient is larger

    Attributes
    ----------
    classes_ : (2,) the labels, sorted; the second is the positive class
    coef_ : (1, features) weights
    intercept_ : (1,)
    costs_ : (n_iter_ + 1,) cost before the first step and after each one
    n_iter_ : steps taken
    n_features_in_ : features seen in training
    """

    def __init__(self, l2: float = 1e-4, learning_rate: float = 1.0, max_iter: int = 1000, tol: float = 1e-4) -> None:
        self.l2 = l2
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X: ArrayLike | Matrix, y: ArrayLike, sample_weight: ArrayLike | None = None) -> Self:  # noqa: N803
        """Fit to rows ``X`` (samples, features), dense or sparse, with one of two labels each."""
        rows, labels = validate_data(self, X, y, accept_sparse="csr", dtype=np.float64)
        check_classification_targets(labels)
        self.classes_ = np.unique(labels)
        if len(self.classes_) != 2:
            raise ValueError(
                f"Only binary classification is supported. This estimator needs 2 classes, found "
                f"{len(self.classes_)} class{'es' if len(self.classes_) != 1 else ''}."
            )
        weight = _check_sample_weight(sample_weight, rows, dtype=np.float64, ensure_non_negative=True)
        self._descend(rows, (labels == self.classes_[1]).astype(np.float64), weight / weight.sum())
        return self

    def decision_function(self, X: ArrayLike | Matrix) -> FloatArray:  # noqa: N803
        """Log-odds of the positive class, shape (samples,)."""
        check_is_fitted(self)
        rows = validate_data(self, X, accept_sparse="csr", dtype=np.float64, reset=False)
        logits: FloatArray = rows @ self.coef_[0] + self.intercept_[0]
        return logits

    def predict_proba(self, X: ArrayLike | Matrix) -> FloatArray:  # noqa: N803
        """Probability of each class, shape (samples, 2)."""
        positive = _sigmoid(self.decision_function(X))
        return np.column_stack([1.0 - positive, positive])

    def predict(self, X: ArrayLike | Matrix) -> NDArray[Any]:  # noqa: N803
        """The more probable class of each row, shape (samples,)."""
        positive = self.decision_function(X) > 0  # first, for it is what complains about a model that is not fitted
        chosen: NDArray[Any] = self.classes_[positive.astype(int)]
        return chosen

    def _descend(self, rows: Matrix, target: FloatArray, weight: FloatArray) -> None:
        coefficients, intercept = np.zeros(rows.shape[1]), 0.0
        logits = np.zeros(rows.shape[0])
        cost = self._cost(logits, target, weight, coefficients)
        costs, step = [cost], self.learning_rate
        steepest = np.inf
        while len(costs) <= self.max_iter:
            error = weight * (_sigmoid(logits) - target)
            slope = rows.T @ error + self.l2 * coefficients
            intercept_slope = float(error.sum())
            steepest = max(float(np.abs(slope).max(initial=0.0)), abs(intercept_slope))
            if steepest <= self.tol:
                break
            # The logits move along a line too: no second product with the rows, however often the step is halved.
            direction = rows @ slope + intercept_slope
            squared_slope = float(slope @ slope) + intercept_slope**2
            while True:
                moved = coefficients - step * slope
                cost = self._cost(logits - step * direction, target, weight, moved)
                promised = 0.5 * step * squared_slope
                if cost <= costs[-1] - promised or promised < np.finfo(float).eps * costs[-1]:
                    break
                step *= _SLOWER
            if cost > costs[-1] - promised:
                break  # as low as floating-point numbers get
            coefficients, intercept = moved, intercept - step * intercept_slope
            logits = rows @ coefficients + intercept
            costs.append(cost)
            step *= _FASTER
        else:
            warnings.warn(
                f"Gradient descent took all {self.max_iter} steps and is still {steepest:.1e} steep (tol={self.tol}).",
                ConvergenceWarning,
                stacklevel=3,
            )
        self.coef_ = coefficients.reshape(1, -1)
        self.intercept_ = np.array([intercept])
        self.costs_ = np.array(costs)
        self.n_iter_ = len(costs) - 1

    def _cost(self, logits: FloatArray, target: FloatArray, weight: FloatArray, coefficients: FloatArray) -> float:
        # ln(1 + e^z) - y·z is the cross-entropy without ever taking the logarithm of a rounded probability.
        entropy = np.logaddexp(0.0, logits) - target * logits
        return float(weight @ entropy + 0.5 * self.l2 * (coefficients @ coefficients))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.sparse = True
        return tags


def _sigmoid(logits: FloatArray) -> FloatArray:
    probabilities: FloatArray = 0.5 * (1.0 + np.tanh(0.5 * logits))
    return probabilities
