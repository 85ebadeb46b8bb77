"""Candidates: the few claims that may be what a statement says, found by terms and by meaning."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.index import TermIndex
from fake_news.factchecks.meaning import MeaningIndex
from fake_news.factchecks.statement import Statement
from fake_news.factchecks.term_table import TermTable

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

MOST_CLAIMS_BY_MEANING = 200_000
"""Among more claims, looking at every vector takes longer than all the rest: then terms alone find candidates."""
_NEAREST = 6
_LEAST_LIKENESS = 0.55


class CandidateIndex:
    """Finds candidates among some claims.

    Parameters
    ----------
    columns : ClaimColumns
        The claims.
    table : TermTable
        Rarities and vectors of terms.
    """

    def __init__(self, columns: ClaimColumns, table: TermTable) -> None:
        self._by_terms = TermIndex(columns, table)
        self._by_meaning = MeaningIndex(columns, table) if len(columns) <= MOST_CLAIMS_BY_MEANING else None

    def by_terms(self, statement: Statement, most: int) -> tuple[Integers, Floats]:
        """The claims that share most with a statement, best first, and their BM25 scores."""
        return self._by_terms.candidates(statement.hashes, statement.rarity, most)

    def candidates(self, statement: Statement, most: int, least_share: float = 0.0) -> tuple[Integers, Floats]:
        """What the pair model has to look at, and the BM25 scores.

        Parameters
        ----------
        most : how many may be found by terms; a few found by meaning come besides
        least_share : of the statement's own BM25 score, which claims found by terms must reach
        """
        near = self._by_meaning.candidates(statement.meaning, _NEAREST, _LEAST_LIKENESS) if self._by_meaning else None
        claims, bm25 = self._by_terms.candidates(statement.hashes, statement.rarity, most, near)
        worth = bm25 >= least_share * float(statement.rarity.sum())
        if near is not None:
            worth |= np.isin(claims, near)
        return claims[worth], bm25[worth]
