"""Precision, recall and F1 by class are those of scikit-learn, and the baseline is that of naming the majority."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import precision_recall_fscore_support

from fake_news.statistics.measures import measures_by_class, without_model


def test_measures_by_class_equal_scikit_learns() -> None:
    random = np.random.default_rng(0)
    true = random.random(200) < 0.3
    probability = np.clip(0.3 * true + random.random(200) * 0.7, 0.0, 1.0)
    found = measures_by_class(true, probability)
    expected = precision_recall_fscore_support(true, probability >= 0.5, labels=[True, False])
    for measure, values in zip(("precision", "recall", "F1"), expected, strict=False):
        for name, value in (("true", values[0]), ("false", values[1]), ("macro", values.mean())):
            figure = found[f"{measure}, {name}"]
            assert figure is not None
            assert figure.value == pytest.approx(value)
            assert figure.low <= figure.value <= figure.high


def test_a_class_that_is_never_named_has_measures_of_zero() -> None:
    found = measures_by_class(np.array([True, False, False, False]), np.full(4, 0.1))
    figure = found["precision, macro"]
    assert figure is not None
    assert figure.value == pytest.approx(0.375)


@pytest.mark.parametrize("share", [0.2, 0.7])
def test_the_baseline_names_the_majority(share: float) -> None:
    true = np.arange(10) < 10 * share
    always = np.full(10, 0.9 if share >= 0.5 else 0.1)
    expected = precision_recall_fscore_support(true, always >= 0.5, labels=[True, False], zero_division=0.0)
    for measure, values in zip(("precision", "recall", "F1"), expected, strict=False):
        assert without_model(f"{measure}, true", true) == pytest.approx(values[0])
        assert without_model(f"{measure}, false", true) == pytest.approx(values[1])
        assert without_model(f"{measure}, macro", true) == pytest.approx(values.mean())
