"""ROC, precision-recall and coverage against accuracy, with bands."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.evaluation.scored_statements import ScoredStatements
from fake_news.reporting.charts import Curves, Series, series
from fake_news.reporting.report import Section
from fake_news.statistics.measures import weights_for
from fake_news.statistics.resampling import band

_EVEN = 0.5
_GRID = np.linspace(0.0, 1.0, 101)
_FROM_FIVE_PERCENT = np.linspace(0.05, 1.0, 96)  # of less, resamples say nothing
_AT_EVEN_RATE = "The rows are weighted to an even base rate, so that the sets can be compared."


def curves(sets: Sequence[ScoredStatements]) -> list[Curves]:
    """The three charts of some scored sets."""
    return [
        Curves(
            Section.VERACITY,
            "ROC",
            "How many true statements rank above how many false ones, at every threshold.",
            "share of false statements taken for true",
            "share of true statements taken for true",
            [(0.0, 0.0), (1.0, 1.0)],
            [_roc(scored) for scored in sets],
        ),
        Curves(
            Section.VERACITY,
            "Precision and recall of calling false",
            f"What is flagged first is what the model finds least likely to be true. {_AT_EVEN_RATE}",
            "recall: share of the false statements that is flagged",
            "precision: share of the flagged that is false",
            [(0.0, _EVEN), (1.0, _EVEN)],
            [_precision_recall(scored) for scored in sets],
        ),
        Curves(
            Section.ABSTENTION,
            "Coverage against accuracy",
            f"Accuracy on the share of statements about which the model is surest. {_AT_EVEN_RATE}",
            "coverage: share of statements judged",
            "accuracy on these",
            [(0.0, _EVEN), (1.0, _EVEN)],
            [_coverage(scored) for scored in sets],
        ),
    ]


def _roc(scored: ScoredStatements) -> Series:
    order = np.argsort(-scored.probability, kind="stable")
    true = scored.true[order]

    def recall_of_true(weights: FloatArray) -> FloatArray:
        ordered = weights[:, order]
        false_share, true_share = _cumulative(ordered * ~true), _cumulative(ordered * true)
        return np.array([np.interp(_GRID, x, y) for x, y in zip(false_share, true_share, strict=True)])

    return series(scored.name, len(scored), _GRID, band(recall_of_true, len(scored)))


def _precision_recall(scored: ScoredStatements) -> Series:
    order = np.argsort(scored.probability, kind="stable")
    false, importance = ~scored.true[order], weights_for(scored.true, _EVEN)[order]

    def precision(weights: FloatArray) -> FloatArray:
        ordered = weights[:, order] * importance
        found = np.cumsum(ordered * false, axis=1)
        with np.errstate(invalid="ignore"):
            precisions = found / np.cumsum(ordered, axis=1)
        return _at(_cumulative(ordered * false), precisions, _FROM_FIVE_PERCENT)

    return series(scored.name, len(scored), _FROM_FIVE_PERCENT, band(precision, len(scored)))


def _coverage(scored: ScoredStatements) -> Series:
    order = np.argsort(-np.abs(scored.probability - 0.5), kind="stable")
    right = ((scored.probability >= 0.5) == scored.true)[order]
    importance = weights_for(scored.true, _EVEN)[order]

    def accuracy(weights: FloatArray) -> FloatArray:
        ordered = weights[:, order] * importance
        judged = np.cumsum(ordered, axis=1)
        with np.errstate(invalid="ignore"):
            accuracies = np.cumsum(ordered * right, axis=1) / judged
        return _at(_cumulative(ordered), accuracies, _FROM_FIVE_PERCENT)

    return series(scored.name, len(scored), _FROM_FIVE_PERCENT, band(accuracy, len(scored)))


def _cumulative(weights: FloatArray) -> FloatArray:
    sums = np.cumsum(weights, axis=1)
    with np.errstate(invalid="ignore"):  # a resample of one class has no shares of the other
        shares: FloatArray = sums / sums[:, -1:]
    return shares


def _at(positions: FloatArray, values: FloatArray, grid: FloatArray) -> FloatArray:
    """The values where the ascending positions first reach the grid, row by row."""
    last = positions.shape[1] - 1
    reached = [np.minimum(np.searchsorted(row, grid - 1e-9), last) for row in positions]
    return np.array([row[columns] for row, columns in zip(values, reached, strict=True)])
