"""Core pairs: a core claim has to beat those that say the contrary."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.detection.factchecks.relation.core_pairs import Sides, beats_contrary, contrast

TRUE, FALSE, UNKNOWN = 1, 0, -1


def sides(*truth: int, passage: int = 0) -> Sides:
    return Sides(np.full(len(truth), passage), np.array(truth, dtype=np.int64))


def test_a_wording_more_probable_than_its_contrary_counts() -> None:
    assert beats_contrary(np.array([3.0, 1.0, 0.5]), sides(TRUE, FALSE, TRUE)).tolist() == [True, False, False]


def test_of_two_equally_probable_neither_counts() -> None:
    assert contrast(np.array([3.0, 2.8]), sides(TRUE, FALSE)).tolist() == [0.0, 0.0]


def test_pairs_of_one_label_do_not_compete() -> None:
    assert beats_contrary(np.array([3.0, -2.0]), sides(FALSE, FALSE)).all()


def test_another_passage_does_not_compete() -> None:
    both = Sides(np.array([0, 1]), np.array([TRUE, FALSE]))
    assert beats_contrary(np.array([1.0, 5.0]), both).all()


def test_what_is_not_known_to_be_true_or_false_opposes_nothing() -> None:
    assert beats_contrary(np.array([1.0, 5.0]), sides(TRUE, UNKNOWN)).all()


def test_no_pairs() -> None:
    assert contrast(np.empty(0), sides()).shape == (0,)


def test_probabilities_are_those_of_the_log_odds() -> None:
    assert contrast(np.array([0.0, 2.0]), sides(TRUE, TRUE)) == pytest.approx([0.5, 1 / (1 + np.exp(-2))])
