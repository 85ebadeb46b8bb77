"""Bootstrap intervals. A statistic is a function of row weights, so that a thousand resamples are one array."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fake_news.common.arrays import FloatArray

Statistic = Callable[[FloatArray], FloatArray]
"""From row weights of shape (resamples, rows) to values of shape (resamples, ...); not a number where undefined."""

RESAMPLES = 1000
_AT_ONCE = 100  # resamples in memory together
_TAILS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval: percentile bootstrap, 1,000 resamples, fixed seed."""

    value: float
    low: float
    high: float


def estimate(statistic: Statistic, rows: int, clusters: Sequence[str] | None = None) -> Figure | None:
    """Compute a statistic of ``rows`` rows with its interval; ``None`` where it is undefined.

    Parameters
    ----------
    clusters : rows that share a cluster are drawn together, because they are not independent
    """
    value, low, high = (float(part) for part in band(statistic, rows, clusters))
    return None if np.isnan([value, low, high]).any() else Figure(value, low, high)


def point(statistic: Statistic, rows: int) -> float:
    """Compute a statistic without its interval."""
    return float(statistic(np.ones((1, rows)))[0])


def band(
    statistic: Statistic, rows: int, clusters: Sequence[str] | None = None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Compute the values of a statistic of any shape, and the lower and upper ends of their intervals."""
    values = statistic(np.ones((1, rows)))[0]
    low, high = interval(values, np.concatenate([statistic(weights) for weights in resample_weights(rows, clusters)]))
    return values, low, high


def interval(values: FloatArray, resampled: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Compute the ends of the 95 % intervals of values; resamples in which a value is undefined do not count for it.

    Percentiles of the resamples, shifted by the mean difference of these from the values: errors such as the
    calibration error are larger in resamples than in the sample (Efron 1987, "Better bootstrap confidence intervals",
    on the bias that plain percentiles keep).
    """
    flat, columns = np.ravel(values), resampled.reshape(len(resampled), -1)
    ends = np.full((2, len(flat)), np.nan)
    defined = ~np.isnan(columns).all(axis=0) & ~np.isnan(flat)
    if defined.any():
        kept = columns[:, defined]
        ends[:, defined] = np.nanquantile(kept, _TAILS, axis=0) - (np.nanmean(kept, axis=0) - flat[defined])
        # Shifted ends must not leave the range of what is measured: shares, areas and errors, or differences.
        ends = np.clip(ends, 0.0 if np.nanmin(kept) >= 0.0 else None, 1.0 if np.nanmax(kept) <= 1.0 else None)
    low, high = ends.reshape(2, *np.shape(values))
    return low, high


def resample_weights(rows: int, clusters: Sequence[str] | None = None, seed: int = 0) -> Iterator[FloatArray]:
    """Draw how often each row is in a resample, in arrays of shape (some resamples, rows); 1,000 resamples in all.

    Samples that must be independent of each other need different seeds.
    """
    random = np.random.default_rng(seed)
    members = np.arange(rows) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    size = int(members.max()) + 1 if rows else 0
    for _ in range(0, RESAMPLES, _AT_ONCE):
        drawn = random.integers(0, size, (_AT_ONCE, size)) + size * np.arange(_AT_ONCE)[:, None]
        counts = np.bincount(drawn.ravel(), minlength=_AT_ONCE * size).reshape(_AT_ONCE, size)
        yield counts[:, members].astype(np.float64)
