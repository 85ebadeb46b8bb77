"""Candidates: the few claims that may be what a statement says, found by terms and by meaning.

A claim that shares no term with the statement is never the same claim to the pair model, so that meaning only has to
choose among those that share some: a few hundred, not all.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.index import TermIndex
from fake_news.factchecks.meaning import ClaimMeanings
from fake_news.factchecks.statement import Statement
from fake_news.factchecks.term_table import TermTable

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_SHARING = 100
"""Claims that share most with the statement, among which meaning chooses."""
_WORTH_A_LOOK = 0.25
"""Share of the best score below which a claim is no candidate by its terms."""
_NEAREST = 4
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
        self._meanings = ClaimMeanings(columns, table)

    def by_terms(self, statement: Statement, most: int) -> tuple[Integers, Floats]:
        """The claims that share most with a statement, best first, and their BM25 scores."""
        return self._by_terms.candidates(statement.hashes, statement.rarity, most)

    def candidates(
        self, statement: Statement, most: int, least_share: float = 0.0, fewest: int = 1
    ) -> tuple[Integers, Floats]:
        """What the pair model has to look at, and the BM25 scores, best first.

        Parameters
        ----------
        most : how many may be found by terms; a few found by meaning come besides
        least_share : of the statement's own BM25 score, which claims found by terms must reach
        fewest : terms that a claim has to share
        """
        claims, bm25 = self._by_terms.candidates(statement.hashes, statement.rarity, _SHARING, fewest)
        if not len(claims):
            return claims, bm25
        chosen = bm25 >= max(_WORTH_A_LOOK * float(bm25[0]), least_share * float(statement.rarity.sum()))
        chosen[most:] = False
        others = np.flatnonzero(~chosen)
        likeness = self._meanings.likeness(claims[others], statement.meaning)
        nearest = np.argsort(-likeness, kind="stable")[:_NEAREST]
        chosen[others[nearest[likeness[nearest] >= _LEAST_LIKENESS]]] = True
        return claims[chosen], bm25[chosen]
