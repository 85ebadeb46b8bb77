"""Calibration at several base rates and year by year; how often the detector gives a label, and how often wrongly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.detection.veracity.abstention import Abstention
from fake_news.detection.verdict import Label
from fake_news.evaluation.scored_statements import ScoredStatements
from fake_news.reporting.charts import Curves, Findings, Series, series
from fake_news.reporting.report import Row, Section
from fake_news.statistics.measures import (
    brier_score,
    calibration_error,
    error_at_even_base_rate,
    share,
    shifted_to,
    weights_for,
)
from fake_news.statistics.resampling import band, estimate, point
from fake_news.training.recipe import AbstentionRecipe

BASE_RATES = (0.17, 0.35, 0.50)
"""Shares of true statements: PolitiFact's in 2021, one between, and the one the checkpoint is calibrated to."""

_POINTS = 10
_DRAWS = 100


def at_base_rates(scored: ScoredStatements) -> list[Row]:
    """Measure the calibration error with probabilities and rows both brought to another base rate."""
    rows = []
    for base_rate in BASE_RATES:
        importance = weights_for(scored.true, base_rate)
        error = calibration_error(scored.true, shifted_to(scored.probability, base_rate), importance)
        unshifted = point(calibration_error(scored.true, scored.probability, importance), len(scored))
        rows.append(
            Row.of(
                Section.CALIBRATION,
                "calibration error (ECE)",
                f"{scored.name}, rows reweighted to {base_rate:.0%} true",
                error,
                len(scored),
                f"perfect probabilities: {perfect_error(scored, base_rate):.3f}; not shifted: {unshifted:.3f}",
                base_rate=base_rate,
            )
        )
    return rows


def perfect_error(scored: ScoredStatements, base_rate: float) -> float:
    """Compute the mean calibration error if every probability were right: bins of few rows differ by chance."""
    generator = np.random.default_rng(0)
    natural = shifted_to(scored.probability, scored.base_rate)
    shifted = shifted_to(scored.probability, base_rate)
    errors = []
    for _ in range(_DRAWS):
        drawn = generator.random(len(natural)) < natural
        errors.append(point(calibration_error(drawn, shifted, weights_for(drawn, base_rate)), len(drawn)))
    return float(np.mean(errors))


def by_year(calibrated_on: ScoredStatements, later: ScoredStatements) -> Findings:
    """Measure reliability as an operator sees it: with probabilities shifted to the base rate known beforehand.

    Parameters
    ----------
    calibrated_on : the statements that the calibration was fitted to
    later : statements of the years after them
    """
    known = calibrated_on.base_rate
    years = [(f"{calibrated_on.name}, calibrated on", calibrated_on), (later.name, later)]
    years += [(year, later.where(chosen, year)) for year, chosen in _years(later)]
    rows = [row for name, scored in years for row in _rows_of_year(name, scored, known)]
    chart = Curves(
        Section.CALIBRATION,
        "Reliability by year",
        f"Probabilities are shifted to {known:.0%} true, the base rate of {calibrated_on.name}, known when 2021 began.",
        "predicted P(true)",
        "share that was rated true",
        [(0.0, 0.0), (1.0, 1.0)],
        [reliability(name, scored, known) for name, scored in years if scored is not later],
        points=True,
    )
    return Findings(rows, [chart])


def _years(scored: ScoredStatements) -> list[tuple[str, BoolArray]]:
    years = np.array([statement.date[:4] for statement in scored.statements])
    return [(str(year), years == year) for year in np.unique(years)]


def _rows_of_year(name: str, scored: ScoredStatements, known: float) -> Sequence[Row]:
    probability = shifted_to(scored.probability, known)
    constant = np.full(len(scored), known)
    where = f"{name}, at the known base rate of {known:.0%}"
    return [
        Row.of(
            Section.CALIBRATION,
            measure,
            where,
            statistic(scored.true, probability),
            len(scored),
            f"constant {known:.2f}: {point(statistic(scored.true, constant), len(scored)):.3f}",
            base_rate=scored.base_rate,
        )
        for measure, statistic in (("calibration error (ECE)", calibration_error), ("Brier score", brier_score))
    ]


def reliability(name: str, scored: ScoredStatements, known: float) -> Series:
    """Compute the share of true statements in tenths of the predictions, which are shifted to base rate ``known``."""
    probability = shifted_to(scored.probability, known)
    bins = np.array_split(np.argsort(probability, kind="stable"), _POINTS)
    member = np.zeros((len(scored), _POINTS))
    for column, rows in enumerate(bins):
        member[rows, column] = 1.0

    def observed(weights: FloatArray) -> FloatArray:
        with np.errstate(invalid="ignore"):  # a resample may miss a bin
            shares: FloatArray = (weights * scored.true) @ member / (weights @ member)
        return shares

    predicted = np.array([probability[rows].mean() for rows in bins])
    return series(name, len(scored), predicted, band(observed, len(scored)))


def abstention_rows(scored: ScoredStatements, abstention: Abstention, recipe: AbstentionRecipe) -> list[Row]:
    """Measure shares and errors of both labels on statements that the thresholds were not chosen on."""
    labels = np.array(
        [abstention.label(*read).value for read in zip(scored.probability, scored.false_claim_score, strict=True)]
    )
    rows = []
    for label, wrong in ((Label.LIKELY_FALSE, scored.true), (Label.LIKELY_TRUE, ~scored.true)):
        flagged = labels == label.value
        rows += [
            Row(
                Section.ABSTENTION,
                f"share called {label.value}",
                scored.name,
                len(scored),
                scored.base_rate,
                estimate(share(flagged), len(scored)),
                "–",
            ),
            Row(
                Section.ABSTENTION,
                f"found by {label.value}, of all it should be said of",
                scored.name,
                int((~wrong).sum()),
                None,
                estimate(share(flagged, ~wrong), len(scored)),
                "–",
            ),
            Row(
                Section.ABSTENTION,
                f"wrong among {label.value}, at an even base rate",
                scored.name,
                int(flagged.sum()),
                0.5,
                estimate(error_at_even_base_rate(flagged, wrong), len(scored)),
                f"stated bound {recipe.error_bound:.2f}; guessing .50",
            ),
            Row(
                Section.ABSTENTION,
                f"wrong among {label.value}, as fact-checked",
                scored.name,
                int(flagged.sum()),
                scored.base_rate,
                estimate(share(wrong, flagged), len(scored)),
                f"calling everything so: {float(wrong.mean()):.3f}",
            ),
        ]
    return rows
