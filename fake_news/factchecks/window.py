"""The window: the part of a statement that a claim could be, so that what is said besides does not count against it.

A speaker says two things in one breath; a negation or a number in the one says nothing about the other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_INDIFFERENT = 0.4
"""Likeness from which a term speaks for its being part of the claim."""
_REACH = 2
"""Terms before the window that still belong to what is said there: "it is not true that …", and of whom it is said."""
_WHOLE_FROM = 0.4
"""Share of a statement from which it says but one thing, so that all of it counts: the other name, the other number."""


class Windows(NamedTuple):
    """Windows of one statement, one for each of ``n`` claims.

    Attributes
    ----------
    inside : (n, terms) which terms are inside
    first, after : (n,) places of the first term within reach, and of the first one behind
    near : (n, terms) which terms are within reach
    """

    inside: NDArray[np.bool_]
    first: Integers
    after: Integers
    near: NDArray[np.bool_]

    @classmethod
    def of(cls, likeness: Floats, rarity: Floats) -> Windows:
        """The windows whose terms have most of their like in the claim.

        The sum of rarity times (likeness − indifferent) is largest in them (Bentley 1984, "Algorithm design
        techniques", the largest sum of a contiguous part), which is where the running sum rises most.

        Parameters
        ----------
        likeness : (n, terms) how well each term, in the order of the text, finds its like in each claim
        rarity : (terms,)
        """
        n, length = likeness.shape
        running = np.zeros((n, length + 1), dtype=np.float32)
        np.cumsum(rarity * (likeness - np.float32(_INDIFFERENT)), axis=1, out=running[:, 1:])
        lowest = np.minimum.accumulate(running, axis=1)
        after = (running - lowest).argmax(axis=1)
        first = (running == lowest[np.arange(n), after][:, None]).argmax(axis=1)
        places = np.arange(length)
        inside = (places >= first[:, None]) & (places < after[:, None])
        whole = inside @ rarity >= _WHOLE_FROM * rarity.sum()
        first = np.where(whole, 0, first - _REACH)
        after = np.where(whole, length, after)
        return cls(inside, first, after, (places >= first[:, None]) & (places < after[:, None]))

    @property
    def reaches(self) -> list[range]:
        """The places within reach of each window, the one behind the last term included."""
        return [range(first, after + 1) for first, after in zip(self.first.tolist(), self.after.tolist(), strict=True)]
