"""Reports of a search and of a learning curve, as Markdown, metrics and SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fake_news.model_selection.comparison_report import compare_results, markdown
from fake_news.model_selection.families import SHIPPED
from fake_news.model_selection.fitting import Result
from fake_news.model_selection.tuning.candidates import TuningConfiguration
from fake_news.model_selection.tuning.search import Point, TriedCandidate
from fake_news.model_selection.tuning.trial import CHOSEN
from fake_news.reporting.charts import Curves, Dot, Dots, series
from fake_news.reporting.plots import svg
from fake_news.reporting.report import Section, markdown_table
from fake_news.statistics.measures import auc, paired_difference
from fake_news.statistics.resampling import Figure
from fake_news.training.training_sets import Protocol, truths

_SHOWN = 20


def search_report(
    protocol: Protocol,
    configuration: TuningConfiguration,
    ranked: Sequence[TriedCandidate],
    results: Mapping[str, Result],
) -> dict[str, Any]:
    """Write the report as plain values: ``markdown``, ``metrics``, ``candidates``, and the ``plot`` as SVG."""
    comparison = compare_results(protocol, results)
    best = ranked[0]
    shown = comparison.families[-1]
    metrics = {"cross-validation AUC": best.auc, "cross-validation AUC deviation": best.deviation}
    for name, figure in (
        ("validation AUC", shown.validation_auc),
        ("validation accuracy", shown.validation_accuracy),
        ("test AUC", shown.test_auc["all"]),
        ("test accuracy", shown.accuracy),
        *((f"test {name}", figure) for name, figure in shown.by_class.items()),
    ):
        if figure is not None:
            metrics[name] = figure.value
    return {
        "markdown": "\n".join(
            [
                f"## {configuration.search.method.capitalize()} search on {protocol.name.removesuffix(' test')}",
                "",
                _about(protocol, configuration, ranked),
                "",
                *_ranking(ranked),
                "",
                _verdict(protocol, best, results),
                "",
                markdown([comparison], {}),
            ]
        ),
        "metrics": metrics,
        "candidates": [_plain(found) for found in ranked],
        "plot": svg(_dots(ranked)),
    }


def curve_report(title: str, statements: int, folds: int, points: Sequence[Point]) -> dict[str, Any]:
    """Write the report of a learning curve as plain values: ``markdown``, ``metrics`` and the ``plot`` as SVG."""
    rows = [
        [f"{point.share:.0%}", f"{point.rows:,}", *(_spread(part) for part in (point.validation, point.train))]
        for point in points
    ]
    header = ["share", "statements", "AUC on the folds left out", "AUC on those learned from"]
    x = np.array([point.share for point in points])
    lines = [
        series(name, statements, x, _columns([getattr(point, part) for point in points]))
        for name, part in (("left out", "validation"), ("learned from", "train"))
    ]
    chart = Curves(
        Section.VERACITY,
        f"Learning curve: {title}",
        f"Mean and extremes of {folds} folds.",
        "share of the statements learned from",
        "AUC",
        [(0.0, 0.5), (1.0, 0.5)],
        lines,
    )
    last, before = points[-1].validation[0], points[-3].validation[0]
    return {
        "markdown": "\n".join(
            [
                f"## Learning curve: {title}",
                "",
                f"{folds} folds of {statements:,} statements; mean [lowest, highest] of the folds.",
                "",
                *markdown_table(header, rows),
                "",
                f"The last {1 - points[-3].share:.0%} of the statements added {last - before:+.3f} AUC.",
                "",
            ]
        ),
        "metrics": {f"AUC with {point.share:.0%}": point.validation[0] for point in points},
        "points": [{"share": p.share, "rows": p.rows, "validation": p.validation, "train": p.train} for p in points],
        "plot": svg(chart),
    }


def _about(protocol: Protocol, configuration: TuningConfiguration, ranked: Sequence[TriedCandidate]) -> str:
    true = truths(protocol.train)
    search = configuration.search
    return (
        f"{len(ranked)} candidates, {search.folds} folds ({search.order}, seed {search.seed}) of {len(true):,} "
        f"training statements, {true.mean():.1%} true. AUC: mean of the folds and their standard deviation."
    )


def _ranking(ranked: Sequence[TriedCandidate]) -> list[str]:
    rows = [
        [
            str(place),
            found.candidate.family,
            found.candidate.settings_text,
            f"{found.share:.0%}",
            f"failed: {found.failure}" if found.auc is None else f"{found.auc:.4f} ± {found.deviation:.4f}",
            f"{found.cpu_seconds:.1f}",
        ]
        for place, found in enumerate(ranked, start=1)
    ]
    header = ["", "family", "settings", "of the statements", "AUC", "CPU s a fit, features apart"]
    return markdown_table(header, rows)


def _verdict(protocol: Protocol, best: TriedCandidate, results: Mapping[str, Result]) -> str:
    name = f"`{best.candidate.family}` ({best.candidate.settings_text})"
    if CHOSEN not in results:
        return "Chosen: the shipped recipe itself."
    true = truths(protocol.calibration)
    difference = paired_difference(auc, true, results[CHOSEN].validation, results[SHIPPED].validation)
    if difference is None:
        return f"Chosen: {name}."
    proven = "better" if difference.low > 0 else "worse" if difference.high < 0 else "not proven to be different"
    return (
        f"Chosen: {name}. On the validation statements (n = {len(true):,}) its AUC differs from that of the shipped "
        f"recipe by {difference.value:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]: {proven}."
    )


def _dots(ranked: Sequence[TriedCandidate]) -> Dots:
    known = [found for found in ranked if found.auc is not None][:_SHOWN]
    dots = [
        Dot(
            f"{found.candidate.family}, {found.candidate.settings_text}",
            len(found.scores),
            Figure(found.auc or 0.0, *_extremes(found)),
        )
        for found in known
    ]
    note = "Mean, lowest and highest of the folds; n is their number."
    return Dots(Section.COMPARISON, "Candidates", note, "AUC on the folds left out", None, dots)


def _extremes(found: TriedCandidate) -> tuple[float, float]:
    values = [score.auc for score in found.scores if score.auc is not None]
    return min(values), max(values)


def _plain(found: TriedCandidate) -> dict[str, Any]:
    return {
        "family": found.candidate.family,
        "settings": dict(found.candidate.settings),
        "share": found.share,
        "auc": found.auc,
        "folds": [score.auc for score in found.scores],
        "failure": found.failure,
        "cpu_seconds": found.cpu_seconds,
    }


def _columns(values: Sequence[tuple[float, float, float]]) -> tuple[Any, Any, Any]:
    mean, low, high = np.array(values).T
    return mean, low, high


def _spread(values: tuple[float, float, float]) -> str:
    return f"{values[0]:.3f} [{values[1]:.3f}, {values[2]:.3f}]"
