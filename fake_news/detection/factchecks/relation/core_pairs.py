"""What must hold before a core claim is said or denied: in a short sentence one word decides.

Chosen on core claims that were compared with all others but themselves, and on edits of theirs, whose label is known.
Before, some decided wrongly by an antonym ("dead" and "alive", "real" and "staged"), another name or number, or words
in another order (docs/claim-matching.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from fake_news.common.arrays import BoolArray, Float32Array
from fake_news.detection.factchecks.relation.features import FEATURES

BOUND, NEAR_VERBATIM_BOUND = 0.8, 0.6
"""From these probabilities a core claim is said or followed from, and one that the statement all but repeats."""
_PLACE = {name: place for place, name in enumerate(FEATURES)}
_MUST_NOT_DIFFER = [
    _PLACE[name]
    for name in """negations_differ directions_clash numbers_clash statement_numbers_missing claim_numbers_missing
    names_missing_on_both""".split()
]
_DIRECTION_OR_NUMBER = [_PLACE["directions_clash"], _PLACE["claim_numbers_missing"]]
_COVERED = [_PLACE["claim_covered"], _PLACE["statement_covered"]]
_SAID_FROM, _OPPOSITE_SAID_FROM, _SAID_AND_MORE_FROM, _DENIED_FROM = 0.85, 0.92, 0.8, 0.5
"""Likeness from which a core claim may be said, an opposite may be, one may be said with something more, or denied."""
_NEAR_VERBATIM_FROM, _REPEATED_FROM = 0.93, 0.985
_SHARED, _SHARED_NEAR_VERBATIM, _SHARED_WHEN_DENIED = 0.7, 0.75, 0.6
"""Shares of the rarity of either side's words that the other has."""
_SAID_WHOLE, _SHARED_OF_MORE = 0.9, 0.4
"""Share of the claim's words that a statement has which says more, and of its own words that are the claim's."""
_COMPARISON = re.compile(r"\b(?:more|less|fewer|\w{2,}er)\b.*\bthan\b", re.IGNORECASE)


def may_be_said(
    statement: str, features: Float32Array, cosine: Float32Array, is_opposite: Sequence[bool]
) -> tuple[BoolArray, BoolArray]:
    """Which core claims a statement may say, and which it may say without more, each of shape (claims,).

    Parameters
    ----------
    features, cosine : of the pairs, (claims, features) and (claims,)
    is_opposite : of each claim, whether it is the opposite of what its ruling is on
    """
    opposite = np.array(is_opposite, dtype=bool)
    claim_has, statement_has = (features[:, place] for place in _COVERED)
    shared = np.minimum(claim_has, statement_has)
    same = (cosine >= np.where(opposite, _OPPOSITE_SAID_FROM, _SAID_FROM)) & (shared >= _SHARED)
    more = (cosine >= _SAID_AND_MORE_FROM) & (claim_has >= _SAID_WHOLE) & (statement_has >= _SHARED_OF_MORE)
    may = (features[:, _MUST_NOT_DIFFER] == 0).all(axis=1)
    if _COMPARISON.search(statement):  # who is more than whom only the order tells
        may &= (shared < _SHARED_NEAR_VERBATIM) | (cosine >= _REPEATED_FROM)
    return may & (same | (more & ~opposite)), may & same


def may_be_denied(features: Float32Array, cosine: Float32Array, is_opposite: Sequence[bool]) -> BoolArray:
    """Which core claims a statement may deny, shape (claims,); an opposite is not denied, but its claim may be said."""
    differs = (features[:, _DIRECTION_OR_NUMBER] != 0).any(axis=1)
    shares = features[:, _PLACE["claim_covered"]] >= _SHARED_WHEN_DENIED
    may: BoolArray = ~np.array(is_opposite, dtype=bool) & (cosine >= _DENIED_FROM) & ~differs & shares
    return may


def is_near_verbatim(features: Float32Array, cosine: Float32Array) -> BoolArray:
    """Which core claims a statement all but repeats, shape (claims,)."""
    near: BoolArray = (cosine >= _NEAR_VERBATIM_FROM) & (features[:, _COVERED].min(axis=1) >= _SHARED_NEAR_VERBATIM)
    return near
