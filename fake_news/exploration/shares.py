"""Shares with intervals, and the charts of the groups they are of."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd

from fake_news.data.statements import SIX_WAY
from fake_news.reporting.charts import Bar, Bars, Dot, Dots
from fake_news.statistics.resampling import Figure

_Z = 1.959964  # standard normal, 97.5 %


def wilson(successes: int, trials: int) -> Figure:
    """A share with its 95 % interval (Wilson 1927), which stays within 0 and 1 for few trials too."""
    share, spread = successes / trials, _Z**2 / trials
    middle = (share + spread / 2) / (1 + spread)
    half = float(np.sqrt(share * (1 - share) * spread + spread**2 / 4)) / (1 + spread)
    return Figure(share, max(middle - half, 0.0), min(middle + half, 1.0))


def share_true_by(
    frame: pd.DataFrame, column: str, section: StrEnum, title: str, note: str, *, fewest: int, most: int = 25
) -> Dots:
    """The share of true statements in each group, the largest groups first; small ones are left out."""
    groups = frame.groupby(column)["true"].agg(["sum", "size"]).sort_values("size", ascending=False, kind="stable")
    chosen = groups[groups["size"] >= fewest].head(most)
    dots = [
        Dot(str(name), int(row["size"]), wilson(int(row["sum"]), int(row["size"]))) for name, row in chosen.iterrows()
    ]
    small = f" Groups of fewer than {fewest} statements are left out." if fewest > 1 else ""
    return Dots(section, title, f"{note}{small}", "share of true statements", float(frame["true"].mean()), dots)


def ratings_by(groups: dict[str, pd.Series[str]], section: StrEnum, title: str, note: str) -> Bars:
    """How the six ratings are shared out in each of several sets."""
    bars = [
        Bar(f"{name} (n = {len(ratings):,})", [float((ratings == rating).mean()) for rating in SIX_WAY])
        for name, ratings in groups.items()
    ]
    return Bars(section, title, note, "share of statements", list(SIX_WAY), bars, ordered=True)
