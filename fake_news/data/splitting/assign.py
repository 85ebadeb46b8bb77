"""Assigning rows to parts: pure functions of the rows' hashes, independent of the order of the rows.

Rows with the same text, ignoring capitals, punctuation and spaces, are never in two parts.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from fake_news.common.arrays import IntArray, UInt64Array
from fake_news.common.errors import DataError

PARTS = ("train", "valid", "test")
DROPPED = len(PARTS)
"""The part of rows that are dropped: later copies of texts that an earlier part has."""

Shares = tuple[float, float, float]


def at_random(texts: UInt64Array, labels: IntArray, names: list[str], shares: Shares, seed: int) -> IntArray:
    """Assign each row a part at random within its label.

    Parameters
    ----------
    texts : hash of each row's text
    labels : code of each row's label, an index of ``names``; a text with several labels counts under the smallest

    Raises
    ------
    DataError
        If a label has fewer different texts than there are parts.
    """
    groups, group, sizes = np.unique(texts, return_inverse=True, return_counts=True)
    label = np.full(len(groups), len(names))
    np.minimum.at(label, group, labels)
    order = np.random.default_rng(seed).permutation(len(groups))
    part = np.empty(len(groups), dtype=np.int64)
    for code, name in enumerate(names):
        members = order[label[order] == code]
        if len(members) < len(PARTS):
            raise DataError(
                f"The label {name!r} has {len(members)} different texts, too few for {len(PARTS)} parts.",
                "Leave the label out, or add rows of it.",
            )
        part[members] = _in_turn(sizes[members], shares)
    return part[group]


def by_speaker(texts: UInt64Array, speakers: UInt64Array, shares: Shares, seed: int) -> IntArray:
    """Assign each row a part so that no speaker is in two parts; speakers who share a text stay together.

    The speakers with the most rows are placed first, each in the part that lacks most, to meet the shares closely.

    Raises
    ------
    DataError
        If there are fewer speakers who share no text than there are parts.
    """
    group = _components(texts, speakers)
    sizes = np.bincount(group)
    if len(sizes) < len(PARTS):
        raise DataError(
            f"The rows fall into {len(sizes)} groups of speakers, too few for {len(PARTS)} parts.",
            "Split them at random or by date.",
        )
    order = np.random.default_rng(seed).permutation(len(sizes))
    order = order[np.argsort(-sizes[order], kind="stable")]
    missing = np.array(shares) * len(texts)
    empty = list(range(len(PARTS)))
    part = np.empty(len(sizes), dtype=np.int64)
    for left, chosen in zip(range(len(order), 0, -1), order, strict=True):
        # The last groups go to parts that are still empty, however small their share is.
        place = empty[0] if left == len(empty) else int(missing.argmax())
        part[chosen] = place
        missing[place] -= sizes[chosen]
        if place in empty:
            empty.remove(place)
    placed: IntArray = part[group]
    return placed


def by_date(texts: UInt64Array, days: IntArray, shares: Shares) -> IntArray:
    """Assign each row a part by its day: train on the past, test on the future.

    Rows of one day stay together. A later copy of a text is dropped if an earlier part has the text.

    Raises
    ------
    DataError
        If there are too few different days.
    """
    cuts = np.quantile(days, np.cumsum(shares)[:-1], method="higher")
    part = np.searchsorted(cuts, days, side="right")
    if len(np.unique(part)) < len(PARTS):
        raise DataError(
            f"The rows are of {len(np.unique(days))} different days, which make no {len(PARTS)} parts.",
            "Split them at random.",
        )
    _, text = np.unique(texts, return_inverse=True)
    earliest = np.full(text.max() + 1, DROPPED)
    np.minimum.at(earliest, text, part)
    part[part > earliest[text]] = DROPPED
    return part


def _in_turn(sizes: IntArray, shares: Shares) -> IntArray:
    """Assign groups to parts in their order: rows by the shares, and no part empty."""
    middles = (np.cumsum(sizes) - sizes / 2) / sizes.sum()
    part = np.searchsorted(np.cumsum(shares)[:-1], middles, side="right")
    for wanted in range(len(PARTS)):
        if not np.any(part == wanted):
            part[np.flatnonzero(part == np.bincount(part).argmax())[-1]] = wanted
    assigned: IntArray = part
    return assigned


def _components(texts: UInt64Array, speakers: UInt64Array) -> IntArray:
    """Number the connected components of rows that share a speaker or a text.

    The numbers follow the smallest hash of a text in each group, not the order of the rows.
    """
    _, text = np.unique(texts, return_inverse=True)
    _, speaker = np.unique(speakers, return_inverse=True)
    count = text.max() + 1
    size = count + speaker.max() + 1
    graph = coo_matrix((np.ones(len(text), dtype=np.int8), (text, count + speaker)), shape=(size, size))
    _, component = connected_components(graph, directed=False)
    found, first = np.unique(component[:count], return_index=True)  # texts are in the order of their hashes
    rank = np.empty(found.max() + 1, dtype=np.int64)
    rank[found[np.argsort(first)]] = np.arange(len(found))
    ranks: IntArray = rank[component[text]]
    return ranks
