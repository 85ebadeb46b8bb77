"""Errors and calibration by slice: for whom, about what and how long."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fake_news.common.arrays import BoolArray
from fake_news.evaluation.calibration import reliability
from fake_news.evaluation.error_analysis.judgements import Judgements, Part
from fake_news.evaluation.scored_statements import FEWEST, ScoredStatements, Slice
from fake_news.reporting.charts import Curves, Dots, Findings, dots_of
from fake_news.reporting.report import Row
from fake_news.statistics.measures import auc, bootstrap, calibration_error, mean, share, shifted_to
from fake_news.statistics.resampling import Figure, estimate

_DRAWN = 3  # reliability curves of the largest slices; more cannot be told apart


def errors_by_slice(judgements: Judgements, slices: Sequence[Slice]) -> Findings:
    """Measure the share of wrong decisions and the AUC of each slice."""
    everything, wrong = judgements.validation, judgements.wrong
    rows, rankings = [], []
    for name, chosen in _with_all(slices, len(everything)):
        part = everything.where(chosen, name)
        if not _says_something(part):
            continue
        rankings.append(
            _row(Part.SLICES, part, "AUC", bootstrap(auc, part.true, part.probability), "chance .500", everything)
        )
        majority = min(part.base_rate, 1.0 - part.base_rate)
        rows.append(
            _row(
                Part.SLICES,
                part,
                "share judged wrongly",
                estimate(share(wrong[chosen]), len(part)),
                f"always the slice's majority: {majority:.3f}",
                everything,
            )
        )
    if not rows:
        return Findings()
    charts = [
        _dots(Part.SLICES, f"Judged wrongly, {everything.name}", "share judged wrongly", float(wrong.mean()), rows),
        _dots(Part.SLICES, f"AUC, {everything.name}", "AUC", bootstrap_value(everything), rankings),
    ]
    return Findings([*rows, *rankings], list(charts))


def calibration_by_slice(judgements: Judgements, slices: Sequence[Slice]) -> Findings:
    """Measure how far P(true), brought to the base rate of the whole set, differs from the truth in each slice."""
    everything = judgements.validation
    known = everything.base_rate
    gaps, errors, drawn = [], [], []
    for name, chosen in _with_all(slices, len(everything)):
        part = everything.where(chosen, name)
        if not _says_something(part):
            continue
        probability = shifted_to(part.probability, known)
        gap = estimate(mean(probability - part.true), len(part))
        gaps.append(_row(Part.CALIBRATION, part, "P(true) less the share rated true", gap, "calibrated: 0", everything))
        error = estimate(calibration_error(part.true, probability), len(part))
        constant = abs(known - part.base_rate)
        errors.append(
            _row(
                Part.CALIBRATION,
                part,
                "calibration error (ECE)",
                error,
                f"constant {known:.2f}: {constant:.3f}",
                everything,
            )
        )
        drawn.append(part)
    if not drawn:
        return Findings()
    largest = sorted(drawn[1:], key=len, reverse=True)[:_DRAWN]
    curves = Curves(
        Part.CALIBRATION,
        f"Reliability, {everything.name}",
        "All statements and the largest slices; on the dotted line P(true) is the share that was rated true.",
        "predicted P(true)",
        "share that was rated true",
        [(0.0, 0.0), (1.0, 1.0)],
        [reliability(part.name, part, known) for part in [*drawn[:1], *largest]],
        points=True,
    )
    dots = _dots(
        Part.CALIBRATION,
        f"P(true) less the share rated true, {everything.name}",
        "too low ← P(true) less the share rated true → too high",
        0.0,
        gaps,
    )
    return Findings([*gaps, *errors], [dots, curves])


def bootstrap_value(scored: ScoredStatements) -> float | None:
    """The AUC of a set, without its interval."""
    figure = bootstrap(auc, scored.true, scored.probability)
    return figure.value if figure else None


def _with_all(slices: Sequence[Slice], rows: int) -> list[Slice]:
    """All statements, then the slices; of several slices with the same statements only the first."""
    everything: BoolArray = np.ones(rows, dtype=bool)
    distinct = {chosen.tobytes(): (name, chosen) for name, chosen in reversed([("all", everything), *slices])}
    return list(reversed(distinct.values()))


def _says_something(part: ScoredStatements) -> bool:
    return len(part) >= FEWEST and 0.0 < part.base_rate < 1.0


def _row(
    section: Part,
    part: ScoredStatements,
    measure: str,
    figure: Figure | None,
    baseline: str,
    everything: ScoredStatements,
) -> Row:
    return Row(section, f"{measure}, {everything.name}", part.name, len(part), part.base_rate, figure, baseline)


def _dots(part: Part, title: str, x_label: str, reference: float | None, rows: list[Row]) -> Dots:
    note = f"Slices of fewer than {FEWEST} statements are left out. The line is the value on all of them."
    return dots_of(part, title, note if reference else "The line is a calibrated model.", x_label, reference, rows)
