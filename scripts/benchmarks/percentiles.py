"""Durations, formatted for a report."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """Find the smallest value that at least this share of all values does not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def summary(milliseconds: Sequence[float]) -> str:
    """List the percentiles that the aims are stated in, and of how many values."""
    parts = [f"p{round(100 * share)} {percentile(milliseconds, share):.2f} ms" for share in (0.5, 0.95, 0.99)]
    return f"{', '.join(parts)} (n = {len(milliseconds)})"
