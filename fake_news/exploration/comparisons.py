"""Groups of statements compared: shares with intervals, ratings, and the words that one side uses more.

Words are compared by log-odds ratios with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin'
Words"): plain ratios of frequencies put the rarest words first, which say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer

from fake_news.common.arrays import BoolArray
from fake_news.data.statements import SIX_WAY
from fake_news.reporting.charts import Bar, Bars, Dot, Dots
from fake_news.statistics.resampling import Figure
from fake_news.training.duplicates import word_forms

_Z = 1.959964  # standard normal, 97.5 %
_PRIOR_WORDS = 500.0


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


@dataclass(frozen=True, slots=True)
class WordUse:
    """An n-gram, how often each side uses it, and by how many standard deviations more the true side does."""

    words: str
    true: int
    false: int
    z: float


def telling_words(texts: Sequence[str], true: BoolArray, most: int, fewest: int = 20) -> list[WordUse]:
    """The ``most`` n-grams of each side, from the falsest to the truest; rarer ones than ``fewest`` are left out."""
    counter = CountVectorizer(analyzer=_words_and_pairs, min_df=min(fewest, max(2, len(texts) // 50)))
    counts = counter.fit_transform(texts)
    names = counter.get_feature_names_out()
    ours, theirs = (np.asarray(counts[side].sum(axis=0)).ravel().astype(float) for side in (true, ~true))
    both = ours + theirs
    prior = _PRIOR_WORDS * both / both.sum()

    def log_odds(used: np.ndarray) -> np.ndarray:
        with_prior = used + prior
        return np.asarray(np.log(with_prior / (with_prior.sum() - with_prior)))

    z = (log_odds(ours) - log_odds(theirs)) / np.sqrt(1 / (ours + prior) + 1 / (theirs + prior))
    order = np.argsort(z, kind="stable")
    most = min(most, len(order) // 2)
    chosen = [*order[:most], *order[len(order) - most :]]
    return [WordUse(str(names[i]), int(ours[i]), int(theirs[i]), round(float(z[i]), 4)) for i in chosen]


def _words_and_pairs(text: str) -> list[str]:
    words = word_forms(text)
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]
