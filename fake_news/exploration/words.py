"""Which words and pairs of words one side uses more than chance allows.

Log-odds ratios with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words"): plain ratios of
frequencies put the rarest words first, which say nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from fake_news.common.arrays import BoolArray
from fake_news.training.duplicates import word_forms

_PRIOR_WORDS = 500.0


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
