"""Six-way ratings and the binary decision as confusion matrices.

The model ranks statements on one scale. Its scale is cut where the ratings' cumulative shares lie among statements
that it was calibrated on: a simple reading that knows how frequent each rating is, and nothing of the test set.
"""

from __future__ import annotations

import numpy as np

from fake_news.common.arrays import FloatArray, IntArray
from fake_news.data.statements import SIX_WAY
from fake_news.evaluation.scored_statements import ScoredStatements
from fake_news.reporting.charts import Findings, confusion
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import mean, share
from fake_news.training.training_sets import ranks

_RATINGS = list(SIX_WAY)


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
