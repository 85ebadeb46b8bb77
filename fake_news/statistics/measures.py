"""Measures: each takes truths and scores, and returns a function of row weights, ready for the bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from fake_news.common.arrays import BoolArray, FloatArray, IntArray
from fake_news.statistics.resampling import Figure, Statistic, estimate, point

Measure = Callable[[BoolArray, FloatArray], Statistic]
"""A measure of scores against truths, such as :func:`auc`."""

CALIBRATION_BINS = 15
CLASSES = ("true", "false")
MACRO = "macro"
MEASURES = ("precision", "recall", "F1")


def value(measure: Measure, truths: BoolArray, scores: FloatArray) -> float:
    """Compute a measure without an interval."""
    return point(measure(truths, scores), len(truths))


def bootstrap(measure: Measure, truths: BoolArray, scores: FloatArray) -> Figure | None:
    """Compute a measure with its interval; ``None`` where it is undefined."""
    return estimate(measure(truths, scores), len(truths))


def paired_difference(measure: Measure, truths: BoolArray, scores: FloatArray, others: FloatArray) -> Figure | None:
    """Compute how much higher ``scores`` come out than ``others`` on the same rows, with the difference's interval.

    Both are resampled together, so that what the rows have in common cancels out: a difference whose interval contains
    0 may be chance.
    """
    ours, theirs = measure(truths, scores), measure(truths, others)
    return estimate(lambda weights: ours(weights) - theirs(weights), len(truths))


def share(chosen: BoolArray, among: BoolArray | None = None) -> Statistic:
    """Share of the chosen rows, among all or among some; not a number where there are none."""
    base = np.ones(len(chosen)) if among is None else among.astype(np.float64)
    numerator = chosen * base
    return lambda weights: _ratio(weights @ numerator, weights @ base)


def mean(values: FloatArray) -> Statistic:
    """Mean of a value."""
    return lambda weights: _ratio(weights @ values, weights.sum(axis=1))


def auc(truths: BoolArray, scores: FloatArray) -> Statistic:
    """Area under the ROC curve; ties count half."""
    order, first = _ties(scores)

    def statistic(weights: FloatArray) -> FloatArray:
        ordered, true = weights[:, order], truths[order]
        positive = np.add.reduceat(ordered * true, first, axis=1)
        negative = np.add.reduceat(ordered * ~true, first, axis=1)
        below = np.cumsum(negative, axis=1) - negative
        return _ratio((positive * (below + 0.5 * negative)).sum(axis=1), positive.sum(axis=1) * negative.sum(axis=1))

    return statistic


def average_precision(truths: BoolArray, scores: FloatArray) -> Statistic:
    """Average precision: precision at each score, weighted by the recall that it adds."""
    order, first = _ties(-scores)

    def statistic(weights: FloatArray) -> FloatArray:
        ordered = weights[:, order]
        gained = np.add.reduceat(ordered * truths[order], first, axis=1)
        flagged = np.cumsum(np.add.reduceat(ordered, first, axis=1), axis=1)
        precision = _ratio(np.cumsum(gained, axis=1), flagged, empty=0.0)
        return _ratio((precision * gained).sum(axis=1), gained.sum(axis=1))

    return statistic


def f1(truths: BoolArray, flagged: BoolArray) -> Statistic:
    """F1 of the positive class."""
    both = (truths & flagged).astype(np.float64)
    either = truths.astype(np.float64) + flagged
    return lambda weights: _ratio(2.0 * (weights @ both), weights @ either)


def accuracy(truths: BoolArray, probabilities: FloatArray) -> Statistic:
    """Share of right decisions at P ≥ .5."""
    return share((probabilities >= 0.5) == truths)


def majority_accuracy(truths: BoolArray) -> float:
    """Accuracy of always saying the more frequent class."""
    return float(max(truths.mean(), 1.0 - truths.mean()))


def brier_score(truths: BoolArray, probabilities: FloatArray) -> Statistic:
    """Mean squared error of the probabilities (Brier 1950)."""
    return mean((probabilities - truths) ** 2)


def calibration_error(truths: BoolArray, probabilities: FloatArray, importance: FloatArray | None = None) -> Statistic:
    """Expected calibration error with 15 bins of equal mass (Nixon et al. 2019, "Measuring calibration").

    ``importance`` are weights of the rows, such as those that give the sample another base rate.
    """
    order = np.argsort(probabilities, kind="stable")
    gaps = (truths.astype(np.float64) - probabilities)[order]
    importance = np.ones(len(truths)) if importance is None else importance

    def statistic(weights: FloatArray) -> FloatArray:
        ordered = (weights * importance)[:, order]
        bins = equal_mass_bins(ordered)
        offsets = bins + CALIBRATION_BINS * np.arange(len(ordered))[:, None]
        sums = np.bincount(offsets.ravel(), (ordered * gaps).ravel(), minlength=CALIBRATION_BINS * len(ordered))
        return _ratio(np.abs(sums.reshape(len(ordered), CALIBRATION_BINS)).sum(axis=1), ordered.sum(axis=1))

    return statistic


def equal_mass_bins(ordered: FloatArray) -> IntArray:
    """The bin of each row of weights, whose columns are in the order of the scores; shape as ``ordered``."""
    middle = np.cumsum(ordered, axis=1) - 0.5 * ordered
    total = ordered.sum(axis=1, keepdims=True)
    bins: IntArray = np.minimum((middle / total * CALIBRATION_BINS).astype(np.int64), CALIBRATION_BINS - 1)
    return bins


def shifted_to(probabilities: FloatArray, base_rate: float, calibrated_to: float = 0.5) -> FloatArray:
    """Probabilities for a population with another base rate (Saerens, Latinne & Decaestecker 2002)."""
    odds = probabilities / (1.0 - probabilities)
    odds = odds * (base_rate / (1.0 - base_rate)) / (calibrated_to / (1.0 - calibrated_to))
    shifted: FloatArray = odds / (1.0 + odds)
    return shifted


def weights_for(truths: BoolArray, base_rate: float) -> FloatArray:
    """Row weights that give a sample the share ``base_rate`` of true rows; mean 1."""
    found = float(truths.mean())
    weights: FloatArray = np.where(truths, base_rate / found, (1.0 - base_rate) / (1.0 - found))
    return weights


def error_at_even_base_rate(flagged: BoolArray, wrong: BoolArray) -> Statistic:
    """P(wrong | flagged) if both classes were equally frequent."""
    of_wrong, of_right = share(flagged, wrong), share(flagged, ~wrong)
    return lambda weights: _ratio(of_wrong(weights), of_wrong(weights) + of_right(weights))


def _ties(scores: FloatArray) -> tuple[IntArray, IntArray]:
    """The ascending order of scores, and where in it each distinct score begins."""
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    return order, first


def _ratio(numerator: FloatArray, denominator: FloatArray, empty: float = np.nan) -> FloatArray:
    ratio: FloatArray = np.divide(
        numerator, denominator, out=np.full(np.shape(numerator), empty), where=denominator != 0.0
    )
    return ratio


def measures_by_class(true: BoolArray, probability: FloatArray) -> dict[str, Figure | None]:
    """Compute each measure for each class and both together, by names such as ``precision, true`` and ``F1, macro``."""
    found: dict[str, Figure | None] = {}
    of_class = [_statistics(true == positive, (probability >= 0.5) == positive) for positive in (True, False)]
    for name, statistics in zip((*CLASSES, MACRO), (*of_class, _means(*of_class)), strict=True):
        for measure, statistic in statistics.items():
            found[f"{measure}, {name}"] = estimate(statistic, len(true))
    return found


def without_model(measure: str, true: BoolArray) -> float:
    """The same measure of always naming the more frequent class; a class that is never named has a measure of 0."""
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
