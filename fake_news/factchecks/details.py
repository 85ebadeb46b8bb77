"""The details of a pair that turn a claim into another one: numbers, directions, negations.

They count only within reach of the statement's window on the claim. Most statements have none, which costs nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks import polarity
from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.profile import Profile
from fake_news.factchecks.quantities import Quantity, agree, comparable
from fake_news.factchecks.window import Windows

Integers = NDArray[np.int64]


class Details(NamedTuple):
    """Details of a statement with each of ``n`` claims; every array has shape (n,).

    Attributes
    ----------
    numbers_agree, claim_numbers_missing, statement_numbers_missing : how many of their numbers
    numbers_clash : whether any contradict
    directions_agree : how many
    directions_clash, negations_differ : whether they do
    """

    numbers_agree: Integers
    claim_numbers_missing: Integers
    statement_numbers_missing: Integers
    numbers_clash: NDArray[np.bool_]
    directions_agree: Integers
    directions_clash: NDArray[np.bool_]
    negations_differ: NDArray[np.bool_]

    @classmethod
    def of(cls, statement: Profile, windows: Windows, claims: Integers, columns: ClaimColumns) -> Details:
        """The details of a statement with each of some claims, which it has the windows on."""
        n = len(claims)
        numbers = np.zeros((n, 4), dtype=np.int64)
        numbers[:, 1] = columns.quantities.start[claims + 1] - columns.quantities.start[claims]
        turns = np.zeros((n, 2), dtype=np.int64)
        if statement.quantities:
            for i, reach in enumerate(windows.reaches):
                ours = [quantity for place, quantity in statement.quantities if place in reach]
                if ours:
                    numbers[i] = _numbers(ours, columns.quantities_of(int(claims[i])))
        if statement.directions:
            for i, reach in enumerate(windows.reaches):
                our = [direction for place, direction in statement.directions if place in reach]
                if our and len(theirs := columns.directions[int(claims[i])]):
                    turns[i] = _directions(our, theirs.tolist())
        negations = np.zeros(n, dtype=np.int64)
        for place in statement.negations:
            within = (windows.first <= place) | (place in statement.denials)
            negations += within & (place <= windows.after)
        return cls(
            numbers[:, 0],
            numbers[:, 1],
            numbers[:, 2],
            numbers[:, 3] > 0,
            turns[:, 0],
            turns[:, 1] > 0,
            (columns.negations[claims] + negations) % 2 == 1,
        )


def _numbers(ours: list[Quantity], theirs: list[Quantity]) -> tuple[int, int, int, bool]:
    """How many of their numbers agree with ours, how many of theirs and ours do not, and whether any contradict."""
    theirs_missing, ours_missing = [], list(ours)
    for their in theirs:
        found = next((our for our in ours_missing if agree(our, their)), None)
        if found is None:
            theirs_missing.append(their)
        else:
            ours_missing.remove(found)
    contradict = any(comparable(our.unit, their.unit) for our in ours_missing for their in theirs_missing)
    return len(theirs) - len(theirs_missing), len(theirs_missing), len(ours_missing), contradict


def _directions(ours: list[int], theirs: list[int]) -> tuple[int, bool]:
    return len(set(ours) & set(theirs)), polarity.clash(ours, theirs)
