"""Names, parties, religions, countries and genders keep only as much weight as the bound on their effect allows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from fake_news.common.arrays import FloatArray
from fake_news.detection.veracity.abstention import PlattScaling
from fake_news.evaluation.behaviour import swapped_statements
from fake_news.training.identity import (
    greatest_effect,
    identity_columns,
    identity_effect,
    identity_words,
    lower_identity_weights,
    swaps,
)
from fake_news.training.word_models import OrdinalVeracityClassifier

TEXTS = [
    "On Friday the baker Kornel said that rain is good for bread.",
    "They asked Kornel, and Kornel kept silent about the rain in Orlund.",
    "Rain fell in Orlund. Bread was late, and Kornel left.",
    "KORNEL SELLS RAIN AND BREAD IN A HEADLINE",
]


def test_words_written_with_a_capital_inside_sentences_are_names() -> None:
    found = identity_words(TEXTS)
    assert {"kornel", "orlund"} <= found
    assert found.isdisjoint({"rain", "bread", "baker", "on", "they", "sells"})


def test_a_name_seen_once_proves_nothing() -> None:
    assert "orlund" not in identity_words(TEXTS[:2])


def test_groups_and_genders_count_however_they_are_written() -> None:
    assert {"democrats", "muslims", "she", "husband"} <= identity_words([])


def test_columns_are_those_with_an_identity_word() -> None:
    features = ["bread", "kornel", "kornel said", "asked kornel", "kornelia"]
    assert identity_columns(features, frozenset({"kornel"})).tolist() == [False, True, True, True, False]


def test_the_identity_effect_is_the_mean_change_within_groups() -> None:
    given = {"a": 0.1, "b": 0.3, "c": 0.9, "d": 0.9}

    def probabilities(statements: Sequence[str]) -> FloatArray:
        return np.array([given[statement] for statement in statements])

    assert identity_effect(probabilities, [["a", "b"], ["c", "d"]]) == pytest.approx(0.1)
    assert identity_effect(probabilities, [["a", "b", "c"]]) == pytest.approx((0.2 + 0.8 + 0.6) / 3)


UNCHANGED = PlattScaling(1.0, 0.0, 0.5)


def feature_of_names(statements: Sequence[str]) -> FloatArray:
    """One column that depends on who is named, and one that does not."""
    return np.array([[float("Obama" in statement or "Muslims" in statement), 1.0] for statement in statements])


def model_of_names(weight: float) -> OrdinalVeracityClassifier:
    """A model that judges by who is named alone."""
    model = OrdinalVeracityClassifier().fit(np.eye(2)[[0, 1, 0, 1]], [0, 5, 1, 4])
    model.coef_, model.intercept_ = np.array([weight, 0.5]), 0.0
    return model


@pytest.mark.parametrize(("bound", "share"), [(1.0, 1.0), (0.05, 0.25), (0.0, 0.0)])
def test_names_keep_as_much_weight_as_the_bound_allows(bound: float, share: float) -> None:
    columns = np.array([True, False])
    model = model_of_names(3.0)
    found = lower_identity_weights(model, columns, feature_of_names, lambda _: UNCHANGED, bound)
    assert found.share == pytest.approx(share)
    assert found.model.coef_.tolist() == [pytest.approx(3.0 * share), 0.5]
    assert found.effect <= bound
    if share < 1.0:
        looser = model.with_weights_scaled(columns, share + 0.05)
        swapped = [[feature_of_names(group) for group in groups] for groups in swaps().values()]
        assert greatest_effect(swapped, looser.decision_function, UNCHANGED) > bound


def test_what_is_measured_is_not_what_was_trained_on() -> None:
    trained = {statement for groups in swaps().values() for group in groups for statement in group}
    measured = {statement for groups in swapped_statements().values() for group in groups for statement in group}
    assert len(trained) > 150
    assert len(measured) > 150
    assert trained.isdisjoint(measured)
