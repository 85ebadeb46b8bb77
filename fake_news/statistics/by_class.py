"""Precision, recall and F1 of either class, and their means over both: decisions at P(true) ≥ .5."""

from __future__ import annotations

from collections.abc import Mapping

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.statistics.measures import f1, share
from fake_news.statistics.resampling import Figure, Statistic, estimate

CLASSES = ("true", "false")
MACRO = "macro"
MEASURES = ("precision", "recall", "F1")


def measures_by_class(true: BoolArray, probability: FloatArray) -> dict[str, Figure | None]:
    """Every measure of every class and of both together, by names such as ``precision, true`` and ``F1, macro``."""
    found: dict[str, Figure | None] = {}
    of_class = [_statistics(true == positive, (probability >= 0.5) == positive) for positive in (True, False)]
    for name, statistics in zip((*CLASSES, MACRO), (*of_class, _means(*of_class)), strict=True):
        for measure, statistic in statistics.items():
            found[f"{measure}, {name}"] = estimate(statistic, len(true))
    return found


def without_model(measure: str, true: BoolArray) -> float:
    """The same measure of always naming the more frequent class; what it never says has a measure of 0."""
    what, _, of = measure.partition(", ")
    rate = float(true.mean())
    majority, most = ("true", rate) if rate >= 0.5 else ("false", 1.0 - rate)
    value = {"precision": most, "recall": 1.0, "F1": 2.0 * most / (1.0 + most)}[what]
    return value / 2.0 if of == MACRO else value if of == majority else 0.0


def _statistics(positive: BoolArray, named: BoolArray) -> Mapping[str, Statistic]:
    precision = share(positive, named)
    return {"precision": _or_zero(precision), "recall": share(named, positive), "F1": f1(positive, named)}


def _or_zero(statistic: Statistic) -> Statistic:
    """Precision of a class that is never named counts as 0, so that the mean of both classes is defined."""

    def defined(weights: FloatArray) -> FloatArray:
        values = statistic(weights).copy()
        values[values != values] = 0.0
        return values

    return defined


def _means(first: Mapping[str, Statistic], second: Mapping[str, Statistic]) -> Mapping[str, Statistic]:
    return {name: _mean(first[name], second[name]) for name in MEASURES}


def _mean(first: Statistic, second: Statistic) -> Statistic:
    return lambda weights: (first(weights) + second(weights)) / 2.0
