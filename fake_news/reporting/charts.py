"""Charts as plain values: a report's JSON holds exactly the numbers of its charts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray, IntArray
from fake_news.reporting.report import Row
from fake_news.statistics.resampling import Figure, band

_DECIMALS = 4


@dataclass(frozen=True)
class _Caption:
    """What every chart has: the part of the report that it belongs to, a title, and a note for its readers."""

    section: StrEnum
    title: str
    note: str


@dataclass(frozen=True)
class Bar:
    """A labelled bar of one or more pieces, one for each of the chart's ``pieces``."""

    label: str
    values: list[float]


@dataclass(frozen=True)
class Bars(_Caption):
    """Bars below each other.

    Attributes
    ----------
    pieces : what the pieces of each bar are, from left to right; a single one has no legend
    ordered : the pieces are steps from false to true: shades of two colours, not one colour each
    """

    x_label: str
    pieces: list[str]
    bars: list[Bar]
    ordered: bool = False
    kind: str = field(default="bars", init=False)


@dataclass(frozen=True)
class Steps:
    """One distribution of ``n`` things: the height over each of the histogram's bins."""

    name: str
    n: int
    heights: list[float]


@dataclass(frozen=True)
class Histogram(_Caption):
    """Distributions over the same bins, whose ``edges`` are one more than the heights."""

    x_label: str
    y_label: str
    edges: list[float]
    steps: list[Steps]
    kind: str = field(default="histogram", init=False)


@dataclass(frozen=True)
class Matrix(_Caption):
    """Numbers from -1 to 1 for every pair of things."""

    labels: list[str]
    values: list[list[float]]
    kind: str = field(default="matrix", init=False)


@dataclass(frozen=True)
class Series:
    """One line or one row of points with intervals, measured on ``n`` statements."""

    name: str
    n: int
    x: list[float]
    y: list[float]
    low: list[float]
    high: list[float]


@dataclass(frozen=True)
class Curves(_Caption):
    """Lines with bands, or points with bars.

    ``reference`` is the line of a model that knows nothing, from its first to its last point.
    """

    x_label: str
    y_label: str
    reference: list[tuple[float, float]]
    series: list[Series]
    points: bool = False
    kind: str = field(default="curves", init=False)


@dataclass(frozen=True)
class Dot:
    """A figure with its label."""

    label: str
    n: int
    figure: Figure


@dataclass(frozen=True)
class Dots(_Caption):
    """Figures below each other on one axis."""

    x_label: str
    reference: float | None
    dots: list[Dot]
    kind: str = field(default="dots", init=False)


@dataclass(frozen=True)
class Confusion(_Caption):
    """Of the statements of each class (row), the share that was given each class (column)."""

    labels: list[str]
    counts: list[list[int]]
    shares: list[list[Figure]]
    x_label: str = "judged"
    y_label: str = "rated by PolitiFact"
    kind: str = field(default="confusion", init=False)


Chart = Curves | Dots | Confusion | Bars | Histogram | Matrix


@dataclass(frozen=True)
class Findings:
    """The rows and charts of one part of an evaluation."""

    rows: list[Row] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)

    def __add__(self, other: Findings) -> Findings:
        return Findings([*self.rows, *other.rows], [*self.charts, *other.charts])

    def as_json(self) -> dict[str, Any]:
        """The findings as plain values."""
        return {"rows": [asdict(row) for row in self.rows], "charts": [asdict(chart) for chart in self.charts]}

    def metrics(self) -> dict[str, float]:
        """Every figure as one number by its name, without intervals."""
        return {
            f"{row.measure}: {row.where}": row.figure.value if isinstance(row.figure, Figure) else row.figure
            for row in self.rows
            if row.figure is not None
        }


def series(name: str, n: int, x: FloatArray, values: tuple[FloatArray, FloatArray, FloatArray]) -> Series:
    """Make a series from the values and ends that :func:`band` returns."""
    y, low, high = (part.round(_DECIMALS).tolist() for part in values)
    return Series(name, n, x.round(_DECIMALS).tolist(), y, low, high)


def dots_of(section: StrEnum, title: str, note: str, x_label: str, reference: float | None, rows: list[Row]) -> Dots:
    """Make dots from the figures of rows, labelled by where they were measured."""
    dots = [Dot(row.where, row.n, row.figure) for row in rows if isinstance(row.figure, Figure)]
    return Dots(section, title, note, x_label, reference, dots)


def confusion(
    section: StrEnum, title: str, note: str, labels: list[str], actual: IntArray, given: IntArray
) -> Confusion:
    """Make a confusion matrix whose rows sum to 1, with intervals."""
    classes = len(labels)
    cell = _one_hot(actual * classes + given, classes * classes)
    row = _one_hot(actual, classes)

    def shares(weights: FloatArray) -> FloatArray:
        counts = (weights @ cell).reshape(len(weights), classes, classes)
        with np.errstate(invalid="ignore"):  # a resample may miss a class
            normalised: FloatArray = counts / (weights @ row)[:, :, None]
        return normalised

    value, low, high = (part.round(_DECIMALS) for part in band(shares, len(actual)))
    figures = [
        [Figure(float(value[i, j]), float(low[i, j]), float(high[i, j])) for j in range(classes)]
        for i in range(classes)
    ]
    counts = cell.sum(axis=0).astype(int).reshape(classes, classes).tolist()
    return Confusion(section, title, note, labels, counts, figures)


def _one_hot(values: IntArray, classes: int) -> FloatArray:
    matches: BoolArray = values[:, None] == range(classes)
    return matches.astype(float)
