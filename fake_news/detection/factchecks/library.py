"""A library: rulings that are searched together: the shipped ones, their core claims, or the imported ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fake_news.detection.factchecks.columns import ClaimColumns
from fake_news.detection.factchecks.index import TermIndex
from fake_news.detection.factchecks.rulings import Rulings
from fake_news.detection.factchecks.search.claim_vectors import ClaimVectors, NearestClaims
from fake_news.detection.factchecks.term_table import TermTable


@dataclass(frozen=True)
class Library:
    """Rulings, ready to be searched by terms and by meaning.

    Attributes
    ----------
    columns, vectors, rulings : of the same claims in the same order
    by_terms : finds claims by the terms they share with a statement
    texts : the claims in the fact-checks' words, where these may be kept
    titles : what each ruling is on in our own words, where the claims are core claims
    opposites : rows of core claims that are the opposite of what their ruling is on
    """

    columns: ClaimColumns
    vectors: NearestClaims
    by_terms: TermIndex
    rulings: Rulings
    texts: Sequence[str] = ()
    titles: Sequence[str] = ()
    opposites: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        columns: ClaimColumns,
        vectors: NDArray[np.int8],
        rulings: Rulings,
        table: TermTable,
        texts: Sequence[str] = (),
        titles: Sequence[str] = (),
        opposites: frozenset[int] = frozenset(),
    ) -> Library:
        """A library of claims, their vectors, the rulings on them, and their words where these may be kept."""
        return cls(columns, ClaimVectors(vectors), TermIndex(columns, table), rulings, texts, titles, opposites)

    def text(self, claim: int) -> str:
        """A claim in the fact-check's words, where they are kept."""
        return self.texts[claim] if self.texts else ""

    def title(self, claim: int) -> str | None:
        """What the ruling is on in our own words, empty without any; ``None`` for the publishers' wordings."""
        return self.titles[claim] if self.titles else None

    @property
    def newest(self) -> str | None:
        """The day of the newest ruling."""
        return self.rulings.newest
