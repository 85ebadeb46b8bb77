"""The term index: which fact-checks may be about a statement.

An inverted index of hashed terms, ranked by BM25 (Robertson & Zaragoza 2009, "The probabilistic relevance framework"):
a term hardly ever occurs twice in a claim, so that a claim's score is the rarity of the terms it shares with the
statement, times a factor for its length.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, IntArray
from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.claim_profile import HEADLINE, SPEAKER
from fake_news.detection.factchecks.terms import TermTable

_LENGTH_PENALTY = 0.5
_SATURATION = 1.2
_WEIGHT_OF_HEADLINE = 0.6
_WEIGHT_OF_SPEAKER = 0.5
_MOST_POSTINGS = 250_000
"""Limit of the occurrences that are added up for one statement, those of its rarest terms first: among a million
claims, its frequent terms occur a million times, and mean next to nothing. 100,000 claims never reach the limit."""


class TermIndex:
    """Finds candidates by the terms they share with a statement.

    Parameters
    ----------
    columns : ClaimColumns
        The claims.
    table : TermTable
        Rarities of terms; terms that it lacks count as the rarest.
    """

    def __init__(self, columns: ClaimColumns, table: TermTable) -> None:
        self._size = len(columns)
        owner = np.repeat(np.arange(self._size, dtype=np.int32), np.diff(columns.terms.start))
        order = np.argsort(columns.terms.values, kind="stable")
        ordered = columns.terms.values[order]
        self._terms, first = np.unique(ordered, return_index=True)
        self._start = np.append(first, len(ordered)).astype(np.int64)
        self._claims = owner[order]
        marks = columns.term_marks[order]
        self._weights = np.ones(len(order), dtype=np.float32)
        self._weights[marks & HEADLINE != 0] = _WEIGHT_OF_HEADLINE
        self._weights[marks & SPEAKER != 0] = _WEIGHT_OF_SPEAKER
        lengths = np.diff(columns.terms.start).astype(np.float32)
        penalty = 1.0 - _LENGTH_PENALTY + _LENGTH_PENALTY * lengths / max(float(lengths.mean()), 1.0)
        self._factor = ((_SATURATION + 1.0) / (1.0 + _SATURATION * penalty)).astype(np.float32)

    def candidates(
        self, terms: NDArray[np.uint32], rarity: Float32Array, most: int, fewest: int = 1
    ) -> tuple[IntArray, Float32Array]:
        """Find the claims that share most with a statement, best first, and their scores.

        Parameters
        ----------
        terms, rarity : the statement's terms and their rarity
        fewest : number of terms that a claim has to share
        """
        place = np.searchsorted(self._terms, terms)
        known = place < len(self._terms)
        known[known] = self._terms[place[known]] == terms[known]
        place, rarity = self._affordable(place[known], rarity[known])
        if len(place) < fewest:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        postings = [slice(self._start[p], self._start[p + 1]) for p in place]
        claims = np.concatenate([self._claims[part] for part in postings])
        weights = np.concatenate([self._weights[part] * r for part, r in zip(postings, rarity, strict=True)])
        worth = np.flatnonzero(np.bincount(claims, minlength=self._size) >= fewest)
        scores = np.bincount(claims, weights, minlength=self._size)[worth] * self._factor[worth]
        if len(worth) > most:
            best = np.argpartition(scores, -most)[-most:]
            worth, scores = worth[best], scores[best]
        order = np.lexsort((worth, -scores))  # ties in the order of the index, so that answers are reproducible
        return worth[order], scores[order].astype(np.float32)

    def _affordable(self, place: IntArray, rarity: Float32Array) -> tuple[IntArray, Float32Array]:
        """Keep the terms whose occurrences are within the limit, but always the rarest."""
        lengths = self._start[place + 1] - self._start[place]
        if lengths.sum() <= _MOST_POSTINGS:
            return place, rarity
        order = np.argsort(lengths, kind="stable")
        kept = np.sort(order[: max(1, int(np.searchsorted(np.cumsum(lengths[order]), _MOST_POSTINGS)))])
        return place[kept], rarity[kept]
