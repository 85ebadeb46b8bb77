"""How well statements are ranked and decided from their words: tables against simple baselines, and curves.

The model ranks statements on one scale. For six-way ratings its scale is cut where the ratings' cumulative shares lie
among statements that it was calibrated on: a simple reading that knows how frequent each rating is, and nothing of the
test set.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fake_news.common.arrays import FloatArray, IntArray
from fake_news.data.statements import SIX_WAY, Statement
from fake_news.detection.detector import Detector
from fake_news.evaluation.scored_statements import BASELINE, ScoredStatements, named_speakers, viral_posts
from fake_news.reporting.charts import Curves, Findings, Series, confusion, series
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import (
    accuracy,
    auc,
    bootstrap,
    majority_accuracy,
    mean,
    measures_by_class,
    paired_difference,
    share,
    weights_for,
    without_model,
)
from fake_news.statistics.resampling import Figure, band
from fake_news.statistics.significance import delong_p_value
from fake_news.training.training_sets import ranks, truths

_RATINGS = list(SIX_WAY)
_EVEN = 0.5
_GRID = np.linspace(0.0, 1.0, 101)
_FROM_FIVE_PERCENT = np.linspace(0.05, 1.0, 96)  # of less, resamples say nothing
_AT_EVEN_RATE = "The rows are weighted to an even base rate, so that the sets can be compared."


def veracity_rows(
    valid: ScoredStatements | None, test: ScoredStatements | None, later: ScoredStatements | None
) -> list[Row]:
    """Measure LIAR's validation and test statements and those of later years; any may be missing.

    AUC, apart for named speakers and viral posts too; accuracy where classes are even; precision, recall and F1.
    """
    parts = [later, named_speakers(later), viral_posts(later)] if later else []
    rows = [
        _row(Section.VERACITY, "AUC", scored, _auc(scored), "majority .500")
        for scored in (valid, test, *parts)
        if scored
    ]
    if test:
        figure = bootstrap(accuracy, test.true, test.probability)
        rows.append(_row(Section.VERACITY, "accuracy", test, figure, f"majority {majority_accuracy(test.true):.3f}"))
    return [*rows, *(row for scored in (test, later) if scored for row in by_class_rows(scored))]


def detector_rows(detector: Detector, liar_test: Sequence[Statement]) -> list[Row]:
    """Measure how a finished detector ranks LIAR's test statements, which none is trained on, by their wording."""
    probability = np.array([detector.probability(statement.text) for statement in liar_test])
    where = f"LIAR test, detector {detector.version}"
    scored = ScoredStatements(where, liar_test, truths(liar_test), probability, np.full(len(probability), np.nan))
    return [_row(Section.VERACITY, "AUC", scored, _auc(scored), "majority .500"), *by_class_rows(scored)]


def by_class_rows(scored: ScoredStatements) -> list[Row]:
    """Measure precision, recall and F1 of true and false statements, and their means over the two classes."""
    return [
        _row(Section.VERACITY, name, scored, figure, f"majority {without_model(name, scored.true):.3f}")
        for name, figure in measures_by_class(scored.true, scored.probability).items()
    ]


def comparison_rows(ours: ScoredStatements, theirs: ScoredStatements) -> list[Row]:
    """Measure the baseline's AUC, and how much higher the recipe's is on the same statements."""
    p_value = delong_p_value(ours.true, ours.probability, theirs.probability)
    difference = paired_difference(auc, ours.true, ours.probability, theirs.probability)
    test = "DeLong p < .001" if p_value < 0.001 else f"DeLong p = {p_value:.3f}"
    return [
        _row(Section.COMPARISON, f"AUC of the {BASELINE}", theirs, _auc(theirs), "majority .500"),
        _row(Section.COMPARISON, "AUC of the recipe less the baseline's", ours, difference, test),
    ]


def _auc(scored: ScoredStatements) -> Figure | None:
    return bootstrap(auc, scored.true, scored.probability)


def _row(section: Section, measure: str, scored: ScoredStatements, figure: Figure | None, baseline: str) -> Row:
    return Row(section, measure, scored.name, len(scored), scored.base_rate, figure, baseline)


def confusions(calibrated_on: ScoredStatements, scored: ScoredStatements) -> Findings:
    """Draw binary and six-way confusion matrices, and measure the six-way ratings."""
    actual = ranks(scored.statements)
    given = given_ratings(calibrated_on, scored.probability)
    frequency = np.bincount(ranks(calibrated_on.statements), minlength=len(_RATINGS)) / len(calibrated_on)
    most_frequent = int(frequency.argmax())
    rows = [
        Row.of(
            Section.SIX_WAY,
            "six-way accuracy",
            scored.name,
            share(given == actual),
            len(scored),
            f"always “{_RATINGS[most_frequent]}”: {float((actual == most_frequent).mean()):.3f}",
        ),
        Row.of(
            Section.SIX_WAY,
            "six-way mean distance in ratings",
            scored.name,
            mean(np.abs(given - actual).astype(np.float64)),
            len(scored),
            f"always “half-true”: {float(np.abs(actual - SIX_WAY['half-true']).mean()):.3f}",
        ),
    ]
    return Findings(
        rows,
        [
            confusion(
                Section.VERACITY,
                f"Binary confusion, {scored.name}",
                "Decided at P(true) = .5, calibrated to an even base rate; the product abstains near it.",
                ["false", "true"],
                scored.true.astype(np.int64),
                (scored.probability >= 0.5).astype(np.int64),
            ),
            confusion(
                Section.SIX_WAY,
                f"Six-way confusion, {scored.name}",
                "The one score of the model, cut at the shares of the ratings in the set it was calibrated on.",
                _RATINGS,
                actual,
                given,
            ),
        ],
    )


def given_ratings(calibrated_on: ScoredStatements, probability: FloatArray) -> IntArray:
    """Cut probabilities into six-way ranks, shape as ``probability``."""
    counts = np.bincount(ranks(calibrated_on.statements), minlength=len(_RATINGS))
    cumulative = np.cumsum(counts)[:-1] / len(calibrated_on)
    given: IntArray = np.searchsorted(np.quantile(calibrated_on.probability, cumulative), probability)
    return given


def curves(sets: Sequence[ScoredStatements]) -> list[Curves]:
    """Draw ROC, precision and recall, and coverage against accuracy, with bands."""
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
    """The values at which ascending positions first reach the grid, row by row."""
    last = positions.shape[1] - 1
    reached = [np.minimum(np.searchsorted(row, grid - 1e-9), last) for row in positions]
    return np.array([row[columns] for row, columns in zip(values, reached, strict=True)])
