"""How well statements are ranked and decided from their words, against simple baselines, and rated on six levels.

The model ranks statements on one scale. For six-way ratings its scale is cut where the ratings' cumulative shares lie
among statements that it was calibrated on: a simple reading that knows how frequent each rating is, and nothing of the
test set.
"""

from __future__ import annotations

import numpy as np

from fake_news.common.arrays import FloatArray, IntArray
from fake_news.data.statements import SIX_WAY
from fake_news.evaluation.scored_statements import BASELINE, ScoredStatements, named_speakers, viral_posts
from fake_news.reporting.charts import Findings, confusion
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
    without_model,
)
from fake_news.statistics.resampling import Figure
from fake_news.statistics.significance import delong_p_value
from fake_news.training.training_sets import ranks

_RATINGS = list(SIX_WAY)


def veracity_rows(
    valid: ScoredStatements | None, test: ScoredStatements | None, later: ScoredStatements | None
) -> list[Row]:
    """What is measured of LIAR's validation and test statements and of those of later years; any may be missing.

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


def by_class_rows(scored: ScoredStatements) -> list[Row]:
    """Precision, recall and F1 of true and false statements, and their means over the two classes."""
    return [
        _row(Section.VERACITY, name, scored, figure, f"majority {without_model(name, scored.true):.3f}")
        for name, figure in measures_by_class(scored.true, scored.probability).items()
    ]


def comparison_rows(ours: ScoredStatements, theirs: ScoredStatements) -> list[Row]:
    """The baseline's AUC, and how much higher the recipe's is on the same statements."""
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
    """Binary and six-way confusion matrices and the six-way measures."""
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
    """Six-way ranks read off the probability."""
    counts = np.bincount(ranks(calibrated_on.statements), minlength=len(_RATINGS))
    cumulative = np.cumsum(counts)[:-1] / len(calibrated_on)
    given: IntArray = np.searchsorted(np.quantile(calibrated_on.probability, cumulative), probability)
    return given
