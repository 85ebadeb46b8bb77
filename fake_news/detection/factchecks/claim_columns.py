"""The profiles of many claims as columns: flat arrays, from which the index and the features of pairs are computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import IntArray
from fake_news.detection.factchecks.claim_profile import Profile
from fake_news.detection.factchecks.quantities import Quantity, Unit
from fake_news.detection.factchecks.relation.cues import CLAIM_CUES


@dataclass(frozen=True)
class Column:
    """Lists of different lengths: that of claim ``i`` is ``values[start[i]:start[i + 1]]``."""

    start: IntArray
    values: NDArray[Any]

    @classmethod
    def of(cls, lists: Iterable[Sequence[Any]], kind: type[np.generic]) -> Column:
        """Make a column of these lists."""
        lists = list(lists)
        start = np.concatenate([[0], np.cumsum([len(items) for items in lists], dtype=np.int64)])
        return cls(start, np.array([item for items in lists for item in items], dtype=kind))

    def __getitem__(self, i: int) -> NDArray[Any]:
        values: NDArray[Any] = self.values[self.start[i] : self.start[i + 1]]
        return values

    def take(self, rows: IntArray) -> tuple[NDArray[Any], IntArray]:
        """Take the lists of some claims end to end, and for each item the position in ``rows`` that it belongs to."""
        items, owner = self.places(rows)
        return self.values[items], owner

    def places(self, rows: IntArray) -> tuple[IntArray, IntArray]:
        """Find where the lists of some claims are in ``values``, and which position in ``rows`` each item is for."""
        first = self.start[rows]
        lengths = self.start[rows + 1] - first
        owner = np.repeat(np.arange(len(rows)), lengths)
        before = np.cumsum(lengths) - lengths
        return np.arange(len(owner)) + (first - before)[owner], owner


@dataclass(frozen=True)
class ClaimColumns:
    """The profiles of ``n`` claims.

    Attributes
    ----------
    terms : hashes of terms, in ascending order, so that the order of the words is lost
    term_marks : bits of what is known of each of ``terms.values``
    quantities, units : numbers, and what they count
    directions : directed words
    negations, marks : (n,) how many negations, and bits of what is known of the claim
    """

    terms: Column
    term_marks: NDArray[np.uint8]
    quantities: Column
    units: NDArray[np.uint8]
    directions: Column
    negations: NDArray[np.uint8]
    marks: NDArray[np.uint8]

    @classmethod
    def of(cls, profiles: Sequence[Profile]) -> ClaimColumns:
        """Make the columns of these profiles."""
        ordered = [sorted(profile.terms.items()) for profile in profiles]
        return cls(
            Column.of([[term for term, _ in terms] for terms in ordered], np.uint32),
            np.array([mark for terms in ordered for _, mark in terms], dtype=np.uint8),
            Column.of([[quantity.value for _, quantity in profile.quantities] for profile in profiles], np.float64),
            np.array([quantity.unit for profile in profiles for _, quantity in profile.quantities], dtype=np.uint8),
            Column.of([[direction for _, direction in profile.directions] for profile in profiles], np.int8),
            np.array([min(len(profile.negations), 255) for profile in profiles], dtype=np.uint8),
            np.array([profile.marks & CLAIM_CUES for profile in profiles], dtype=np.uint8),
        )

    def __len__(self) -> int:
        return len(self.negations)

    def quantities_of(self, i: int) -> list[Quantity]:
        """Return the quantities of one claim."""
        part = slice(self.quantities.start[i], self.quantities.start[i + 1])
        return [
            Quantity(float(value), Unit(unit))
            for value, unit in zip(self.quantities.values[part], self.units[part], strict=True)
        ]

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the columns by name, for a file."""
        return {
            "term_count": np.diff(self.terms.start).astype(np.uint16),
            "terms": self.terms.values,
            "term_marks": self.term_marks,
            "quantity_count": np.diff(self.quantities.start).astype(np.uint16),
            "quantities": self.quantities.values,
            "units": self.units,
            "direction_count": np.diff(self.directions.start).astype(np.uint16),
            "directions": self.directions.values,
            "negations": self.negations,
            "marks": self.marks,
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> ClaimColumns:
        """Read the columns that :meth:`as_arrays` wrote."""
        return cls(
            Column(_starts(arrays["term_count"]), arrays["terms"]),
            arrays["term_marks"],
            Column(_starts(arrays["quantity_count"]), arrays["quantities"]),
            arrays["units"],
            Column(_starts(arrays["direction_count"]), arrays["directions"]),
            arrays["negations"],
            arrays["marks"],
        )


def _starts(counts: NDArray[np.uint16]) -> IntArray:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
