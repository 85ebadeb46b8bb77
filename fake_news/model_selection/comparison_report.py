"""The table of model families: figures with intervals, paired differences from the shipped recipe, and costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.model_selection.families import SHIPPED
from fake_news.model_selection.fitting import Result
from fake_news.reporting.report import markdown_table
from fake_news.statistics.measures import (
    accuracy,
    auc,
    bootstrap,
    majority_accuracy,
    measures_by_class,
    paired_difference,
    shifted_to,
)
from fake_news.statistics.resampling import Figure
from fake_news.training.calibration import EVEN_BASE_RATE, calibrated, clipped, cross_calibrated, fit_platt_scaling
from fake_news.training.training_sets import Protocol, truths

_FOLDS = 5


@dataclass(frozen=True)
class ComparedFamily:
    """One family's figures under one protocol.

    ``test_auc`` and ``difference`` (from the shipped recipe's AUC, paired) are by slice of the test statements. The
    validation statements' probabilities are cross-fitted: no statement is scored by a calibration that knew it.
    ``by_class`` has precision, recall and F1 on the test statements, by names such as ``F1, macro``.
    """

    name: str
    title: str
    settings: str
    tried: dict[str, float]
    validation_auc: Figure | None
    test_auc: dict[str, Figure | None]
    difference: dict[str, Figure | None]
    validation_accuracy: Figure | None
    accuracy: Figure | None
    by_class: dict[str, Figure | None]
    cpu_seconds: float
    stored_bytes: int
    cpu_milliseconds: float


@dataclass(frozen=True)
class Comparison:
    """All families under one protocol."""

    protocol: str
    rows: dict[str, int]
    accuracy_at: float
    majority: float
    families: list[ComparedFamily]

    def as_json(self) -> dict[str, Any]:
        """The comparison as plain values."""
        return asdict(self)

    def metrics(self) -> dict[str, float]:
        """Each family's AUC on the validation statements and on the slices of the test, by name."""
        found = {
            f"{self.protocol}: {one.name}, {measure}": figure
            for one in self.families
            for measure, figure in (
                ("validation AUC", one.validation_auc),
                *((f"test AUC, {part}", figure) for part, figure in one.test_auc.items()),
                *((f"test {name}", figure) for name, figure in one.by_class.items()),
            )
        }
        return {name: figure.value for name, figure in found.items() if figure is not None}


def compare_results(protocol: Protocol, results: Mapping[str, Result]) -> Comparison:
    """Compute the figures of all results; accuracy is that of P(true) ≥ .5 at the base rate known before the test.

    That rate is even under LIAR's protocol, as in `evaluate`, and late 2020's under the protocol by time.
    """
    true, validation_true = truths(protocol.test), truths(protocol.calibration)
    slices = _slices(protocol)
    base_rate = EVEN_BASE_RATE if protocol.reference_date is None else float(validation_true.mean())
    shipped = results[SHIPPED].test
    probabilities = {name: shifted_to(_probabilities(protocol, result), base_rate) for name, result in results.items()}
    families = [
        ComparedFamily(
            name,
            result.title,
            result.settings,
            result.tried,
            bootstrap(auc, validation_true, result.validation),
            {part: bootstrap(auc, true[rows], result.test[rows]) for part, rows in slices.items()},
            {}
            if name == SHIPPED
            else {
                part: paired_difference(auc, true[rows], result.test[rows], shipped[rows])
                for part, rows in slices.items()
            },
            bootstrap(
                accuracy,
                validation_true,
                shifted_to(cross_calibrated(result.validation, validation_true, _FOLDS), base_rate),
            ),
            bootstrap(accuracy, true, probabilities[name]),
            measures_by_class(true, probabilities[name]),
            result.cpu_seconds,
            result.stored_bytes,
            result.cpu_milliseconds,
        )
        for name, result in results.items()
    ]
    rows = {"train": len(protocol.train), "validation": len(protocol.calibration), "test": len(protocol.test)}
    return Comparison(protocol.name, rows, base_rate, majority_accuracy(true), families)


def markdown(comparisons: Iterable[Comparison], skipped: Mapping[str, str]) -> str:
    """Write three tables for every protocol, of ranking, decisions and cost, and what was skipped."""
    lines: list[str] = []
    for comparison in comparisons:
        lines += [f"### {comparison.protocol}", "", _described(comparison), "", *_quality(comparison), ""]
        lines += [*_by_class(comparison), ""]
        lines += [*_cost(comparison), ""]
    lines += [f"Skipped: `{name}` {reason}." for name, reason in skipped.items()]
    return "\n".join(lines).rstrip() + "\n"


def _slices(protocol: Protocol) -> dict[str, BoolArray]:
    viral = np.array([statement.is_viral for statement in protocol.test])
    everything = np.ones(len(viral), dtype=bool)
    if protocol.reference_date is None:
        return {"all": everything}
    return {"all": everything, "named speakers": ~viral, "viral posts": viral}


def _probabilities(protocol: Protocol, result: Result) -> FloatArray:
    return clipped(calibrated(result.test, fit_platt_scaling(result.validation, truths(protocol.calibration))))


def _described(comparison: Comparison) -> str:
    rows = ", ".join(f"{name} {count:,}" for name, count in comparison.rows.items())
    return (
        f"Statements: {rows}. Accuracy at a base rate of {comparison.accuracy_at:.0%} true; "
        f"always naming the majority gives {comparison.majority:.1%}."
    )


def _quality(comparison: Comparison) -> list[str]:
    parts = list(comparison.families[0].test_auc)
    header = ["family", "validation AUC", "validation accuracy"]
    for part in parts:
        header += [f"test AUC, {part}", f"difference, {part}"]
    rows = []
    for family in comparison.families:
        row = [family.title, with_interval(family.validation_auc), with_interval(family.validation_accuracy)]
        for part in parts:
            difference = family.difference.get(part)
            row += [with_interval(family.test_auc[part]), with_interval(difference, "+")]
        rows.append([*row, with_interval(family.accuracy)])
    return markdown_table([*header, "test accuracy"], rows)


def _by_class(comparison: Comparison) -> list[str]:
    names = list(comparison.families[0].by_class)
    rows = [
        [family.title, *(f"{figure.value:.3f}" if figure else "–" for figure in family.by_class.values())]
        for family in comparison.families
    ]
    return markdown_table(["family, on the test statements", *names], rows)


def _cost(comparison: Comparison) -> list[str]:
    rows = [
        [
            f"{family.title} (`{family.name}`)",
            family.settings,
            str(max(len(family.tried), 1)),
            f"{family.cpu_seconds:,.0f}",
            f"{family.stored_bytes / 1e6:.1f}",
            f"{family.cpu_milliseconds:.2f}",
        ]
        for family in comparison.families
    ]
    header = ["family", "chosen", "settings tried", "training, CPU s", "stored, MB", "ms a statement"]
    return markdown_table(header, rows)


def with_interval(figure: Figure | None, sign: str = "") -> str:
    """Format a figure with its interval, or a dash; ``sign`` is ``+`` for differences."""
    if figure is None:
        return "–"
    return f"{figure.value:{sign}.3f} [{figure.low:{sign}.3f}, {figure.high:{sign}.3f}]"
