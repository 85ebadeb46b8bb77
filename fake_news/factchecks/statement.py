"""A statement as matching sees it: its profile, and its terms as rows of the term table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks.profile import Profile
from fake_news.factchecks.term_table import TermTable

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Statement:
    """What is computed once for a statement, whatever it is compared with.

    Attributes
    ----------
    profile : Profile
    hashes, rows, rarity, marks : (terms,) its terms in the order of their hashes
    vectors : (terms, dimensions) theirs
    meaning : (dimensions,) the direction of the vectors' sum
    order : the places in ``hashes`` of its terms as they follow each other in the text
    """

    profile: Profile
    hashes: NDArray[np.uint32]
    rows: Integers
    rarity: Floats
    marks: NDArray[np.uint8]
    vectors: Floats
    meaning: Floats
    order: Integers

    @classmethod
    def of(cls, profile: Profile, table: TermTable) -> Statement:
        """The statement with this profile."""
        items = sorted(profile.terms.items())
        hashes = np.array([term for term, _ in items], dtype=np.uint32)
        rows = table.rows(hashes)
        vectors = table.term_vectors(rows)
        return cls(
            profile,
            hashes,
            rows,
            table.rarities(rows),
            np.array([mark for _, mark in items], dtype=np.uint8),
            vectors,
            unit(vectors.sum(axis=0)),
            np.searchsorted(hashes, np.array(profile.order, dtype=np.uint32)),
        )


def unit(vector: Floats) -> Floats:
    """A vector of length one in the same direction; zero stays zero."""
    length = np.sqrt((vector * vector).sum(axis=-1, keepdims=True))
    scaled: Floats = vector / np.maximum(length, 1e-9)
    return scaled
