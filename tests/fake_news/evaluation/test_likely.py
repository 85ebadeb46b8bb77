"""What is counted of what similar rulings make likely, and that nothing is read of what was published later."""

from __future__ import annotations

import numpy as np
import pytest

from fake_news.detection.factchecks.forest import Forest
from fake_news.detection.veracity.similar_rulings import FEATURES, RULING_LABELS, SimilarRulings
from fake_news.detection.verdict import Label
from fake_news.evaluation.likely import LikelyLabels, checked_rows, likely_labels, not_false_row, ordinary_rows
from fake_news.reporting.report import Row
from fake_news.statistics.resampling import Figure

LIKELY = (Label.LIKELY_FALSE, Label.LIKELY_TRUE)


def reads_one_feature_each() -> SimilarRulings:
    """False where the first feature is 1, true where the second is."""
    forests = {
        label: Forest(
            roots=np.array([0], dtype=np.int32),
            feature=np.array([place, 0, 0], dtype=np.int16),
            threshold=np.array([0.5, np.inf, np.inf]),
            left=np.array([1, 1, 2], dtype=np.int32),
            right=np.array([2, 1, 2], dtype=np.int32),
            value=np.array([0.0, -3.0, 3.0]),
            depth=1,
            baseline=0.0,
        )
        for place, label in enumerate(RULING_LABELS)
    }
    return SimilarRulings(forests, dict.fromkeys(RULING_LABELS, 0.9))


def features(*rows: tuple[int, int]) -> np.ndarray:
    found = np.zeros((len(rows), len(FEATURES)))
    found[:, :2] = rows
    return found


def value(rows: list[Row], measure: str) -> float:
    figure = next(row.figure for row in rows if row.measure == measure)
    assert isinstance(figure, Figure)
    return figure.value


def test_a_statement_is_called_only_what_enough_rulings_support_and_where_it_is_asked() -> None:
    all_rows = features((1, 0), (1, 0), (1, 0), (0, 1), (0, 0))
    supported = {Label.FALSE: np.array([1, 0, 1, 1, 1], bool), Label.TRUE: np.ones(5, bool)}
    asked = np.array([1, 1, 0, 1, 1], bool)
    found = likely_labels(reads_one_feature_each(), "here", all_rows, supported, asked)
    assert found.labels[Label.LIKELY_FALSE].tolist() == [True, False, False, False, False]
    assert found.labels[Label.LIKELY_TRUE].tolist() == [False, False, False, True, False]


def test_what_looks_both_false_and_true_is_called_false() -> None:
    support = dict.fromkeys(RULING_LABELS, np.array([True]))
    found = likely_labels(reads_one_feature_each(), "here", features((1, 1)), support, np.array([True]))
    assert [found.labels[label].tolist() for label in LIKELY] == [[True], [False]]


def test_errors_are_those_at_an_even_base_rate() -> None:
    true = np.repeat([False, True], [80, 20])
    is_false = np.zeros(100, bool)
    is_false[:40] = is_false[80:82] = True  # half of the false claims, a tenth of the true ones
    rows = checked_rows(LikelyLabels("here", {LIKELY[0]: is_false, LIKELY[1]: ~is_false}), true)
    assert value(rows, "share of false claims called likely-false") == pytest.approx(0.5)
    assert value(rows, "share of true claims called likely-false") == pytest.approx(0.1)
    assert value(rows, "wrong among likely-false, at an even base rate") == pytest.approx(0.1 / 0.6)
    assert value(rows, "wrong among likely-true, at an even base rate") == pytest.approx(0.5 / 1.4)
    wrong = next(row for row in rows if row.measure.startswith("wrong among likely-false"))
    assert (wrong.n, ".20" in wrong.baseline) == (42, True)


def test_mixed_claims_are_not_false() -> None:
    false = np.repeat([True, False], [100, 400])
    is_false = np.zeros(500, bool)
    is_false[:50] = is_false[100:120] = True  # half of the false claims, a twentieth of the others
    row = not_false_row(LikelyLabels("here", {LIKELY[0]: is_false, LIKELY[1]: ~is_false}), false)
    assert value([row], "true or mixed among likely-false, at an even base rate") == pytest.approx(0.05 / 0.55)
    assert float(row.baseline.split("at most ")[1].split(";")[0]) < 0.2


def test_few_true_claims_prove_little_though_none_is_called_false() -> None:
    true = np.repeat([False, True], [100, 20])
    rows = checked_rows(LikelyLabels("here", {LIKELY[0]: ~true & (np.arange(120) < 5), LIKELY[1]: ~true & true}), true)
    wrong = next(row for row in rows if row.measure.startswith("wrong among likely-false"))
    assert value(rows, wrong.measure) == 0.0
    most = float(wrong.baseline.split("at most ")[1].split(";")[0])
    assert 0.8 < most < 0.95  # a seventh of the true ones may be, and but two in a hundred of the false ones


def test_of_ordinary_sentences_the_interval_is_exact_even_where_none_is_called() -> None:
    none, some = np.zeros(2400, bool), np.zeros(2400, bool)
    some[:24] = True
    rows = ordinary_rows(LikelyLabels("articles", {LIKELY[0]: none, LIKELY[1]: some}))
    assert [row.n for row in rows] == [2400, 2400]
    first, second = (row.figure for row in rows)
    assert isinstance(first, Figure)
    assert isinstance(second, Figure)
    assert first.value == first.low == 0.0 < first.high < 0.002
    assert second.low < second.value == 0.01 < second.high
    assert "at most 0.0010" in rows[0].baseline  # of 2,303 and more none: the bound holds
