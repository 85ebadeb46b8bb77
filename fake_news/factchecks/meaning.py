"""The index by meaning: claims that say something like it in other words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.profile import HEADLINE, SPEAKER
from fake_news.factchecks.term_table import TermTable

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_DIMENSIONS = 64
"""Of the vectors' dimensions, which are ordered by what they tell: four times as many find hardly more."""
_CLAIMS_AT_ONCE = 20_000


class MeaningIndex:
    """Finds candidates by the direction of the sum of their terms' vectors.

    Parameters
    ----------
    columns : ClaimColumns
        The claims.
    table : TermTable
        Vectors of terms.
    """

    def __init__(self, columns: ClaimColumns, table: TermTable) -> None:
        self._vectors = np.zeros((len(columns), min(_DIMENSIONS, table.dimensions)), dtype=np.float32)
        for first in range(0, len(columns), _CLAIMS_AT_ONCE):
            claims = np.arange(first, min(first + _CLAIMS_AT_ONCE, len(columns)))
            places, owner = columns.terms.places(claims)
            own = columns.term_marks[places] & (HEADLINE | SPEAKER) == 0
            places, owner = places[own], owner[own]
            if not len(places):
                continue
            vectors = table.term_vectors(table.rows(columns.terms.values[places]), self._vectors.shape[1])
            begins = np.flatnonzero(np.diff(owner, prepend=-1))
            self._vectors[claims[owner[begins]]] = np.add.reduceat(vectors, begins, axis=0)
        self._vectors /= np.maximum(np.linalg.norm(self._vectors, axis=1, keepdims=True), np.float32(1e-9))

    def candidates(self, meaning: Floats, most: int, least: float) -> Integers:
        """The claims whose meaning is nearest to a statement's, in no order.

        Parameters
        ----------
        meaning : (dimensions,) the sum of the statement's vectors, of any length
        least : cosine that they must reach
        """
        wanted = meaning[: self._vectors.shape[1]]
        likeness = self._vectors @ (wanted / max(float(np.linalg.norm(wanted)), 1e-9))
        near: Integers = np.flatnonzero(likeness >= least)
        if len(near) > most:
            near = near[np.argpartition(likeness[near], -most)[-most:]]
        return near
