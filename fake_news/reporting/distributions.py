"""How things are distributed, to be drawn: bars, histograms, and a matrix of numbers, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Bar:
    """A labelled bar of one or more pieces, one for each of the chart's ``pieces``."""

    label: str
    values: list[float]


@dataclass(frozen=True)
class Bars:
    """Bars below each other.

    Attributes
    ----------
    pieces : what the pieces of each bar are, from left to right; a single one has no legend
    ordered : the pieces are steps from false to true: shades of two colours, not one colour each
    """

    section: StrEnum
    title: str
    note: str
    x_label: str
    pieces: list[str]
    bars: list[Bar]
    ordered: bool = False
    kind: str = field(default="bars", init=False)


@dataclass(frozen=True)
class Steps:
    """One distribution: the height over each of the histogram's bins, of ``n`` things."""

    name: str
    n: int
    heights: list[float]


@dataclass(frozen=True)
class Histogram:
    """Distributions over the same bins, whose ``edges`` are one more than the heights."""

    section: StrEnum
    title: str
    note: str
    x_label: str
    y_label: str
    edges: list[float]
    steps: list[Steps]
    kind: str = field(default="histogram", init=False)


@dataclass(frozen=True)
class Matrix:
    """Numbers from -1 to 1 for every pair of things."""

    section: StrEnum
    title: str
    note: str
    labels: list[str]
    values: list[list[float]]
    kind: str = field(default="matrix", init=False)
