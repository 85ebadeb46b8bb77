"""What claims mean as a whole: the direction of the sum of their terms' vectors, in few dimensions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.profile import HEADLINE, SPEAKER
from fake_news.factchecks.term_table import TermTable, quantised

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_DIMENSIONS = 64
"""Of the vectors' dimensions, which are ordered by what they tell: four times as many find hardly more."""
_CLAIMS_AT_ONCE = 1_000


class ClaimMeanings:
    """Tells how near the meanings of some claims are to that of a statement.

    Parameters
    ----------
    columns : ClaimColumns
        The claims.
    table : TermTable
        Vectors of terms.
    """

    def __init__(self, columns: ClaimColumns, table: TermTable) -> None:
        width = min(_DIMENSIONS, table.dimensions)
        self._steps = np.zeros((len(columns), width), dtype=np.int8)
        self._scales = np.zeros(len(columns), dtype=np.float32)
        for first in range(0, len(columns), _CLAIMS_AT_ONCE):
            claims = np.arange(first, min(first + _CLAIMS_AT_ONCE, len(columns)))
            places, owner = columns.terms.places(claims)
            own = columns.term_marks[places] & (HEADLINE | SPEAKER) == 0
            places, owner = places[own], owner[own]
            if not len(places):
                continue
            vectors = table.term_vectors(table.rows(columns.terms.values[places]), width)
            begins = np.flatnonzero(np.diff(owner, prepend=-1))
            sums = np.add.reduceat(vectors, begins, axis=0)
            sums /= np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), np.float32(1e-9))
            rows = claims[owner[begins]]
            self._steps[rows], self._scales[rows] = quantised(sums)

    def likeness(self, claims: Integers, meaning: Floats) -> Floats:
        """Cosines of some claims with a statement, shape (len(claims),).

        Parameters
        ----------
        meaning : (dimensions,) the sum of the statement's vectors, of any length
        """
        wanted = meaning[: self._steps.shape[1]]
        wanted = wanted / max(float(np.linalg.norm(wanted)) * 127.0, 1e-9)
        likeness: Floats = (self._steps[claims].astype(np.float32) @ wanted) * self._scales[claims]
        return likeness
