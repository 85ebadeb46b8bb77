"""Features of a statement with each of some claims: the head's outcomes for the vectors, and what the words show.

Vectors blur numbers, names and negations; terms miss synonyms. The forests of the relation model weigh both.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, IntArray
from fake_news.detection.factchecks import polarity
from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.claim_profile import BRACKETED, HEADLINE, LEADS, NAME, NUMBER, SPEAKER, Profile
from fake_news.detection.factchecks.quantities import Quantity, Unit, agree, comparable
from fake_news.detection.factchecks.relation import cues
from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.detection.factchecks.terms import UNKNOWN, TermTable

_NUMBERS = ("numbers_agree", "claim_numbers_missing", "statement_numbers_missing", "numbers_clash", "years_clash")
_TERMS = (
    "claim_covered",
    "statement_covered",
    "shared_rarity",
    "rarest_claim_term_missing",
    "rarest_statement_term_missing",
    "names_shared",
    "claim_names_missing",
    "statement_names_missing",
    "names_missing_on_both",
    "headline_covered",
    "claim_terms",
    "statement_terms",
    "length_ratio",
    "roles_swapped",
)
_SHARED_CUES = cues.NAMES[:8]
"""Cues stored for claims, too: only those that one side lacks make a difference."""
FEATURES = (
    *(f"head_{outcome}" for outcome in OUTCOMES),
    "head_says",
    "head_follows",
    "cosine",
    "cosine_behind_best",
    "rank",
    *_TERMS,
    *_NUMBERS,
    "directions_agree",
    "directions_clash",
    "statement_negations",
    "claim_negations",
    "negations_differ",
    *(f"only_statement_{name}" for name in _SHARED_CUES),
    *(f"only_claim_{name}" for name in _SHARED_CUES),
    *(f"statement_{name}" for name in cues.NAMES[len(_SHARED_CUES) :]),
)


@dataclass(frozen=True, slots=True)
class StatementTerms:
    """A statement's terms, with their rarity and marks.

    Attributes
    ----------
    hashes, rarity : (terms,) ascending; inverse document frequencies
    names, spoken : (terms,) which are names; which are said, and do not name who is quoted
    leads : (terms,) which name who acts
    """

    profile: Profile
    hashes: NDArray[np.uint32]
    rarity: Float32Array
    names: NDArray[np.bool_]
    spoken: NDArray[np.bool_]
    leads: NDArray[np.bool_]

    @classmethod
    def of(cls, profile: Profile, table: TermTable) -> StatementTerms:
        """Look up the terms of a statement with this profile."""
        items = sorted(profile.terms.items())
        hashes = np.array([term for term, _ in items], dtype=np.uint32)
        marks = np.array([mark for _, mark in items], dtype=np.uint8)
        rows = table.rows(hashes)
        names = is_name(rows, marks, table)
        return cls(profile, hashes, table.rarities(rows), names, marks & SPEAKER == 0, names & (marks & LEADS != 0))


def pair_features(
    statement: StatementTerms,
    claims: IntArray,
    head: Float32Array,
    cosine: Float32Array,
    columns: ClaimColumns,
    table: TermTable,
) -> Float32Array:
    """Compute the features of a statement with each of some claims, shape (len(claims), len(FEATURES)).

    Parameters
    ----------
    claims : rows of ``columns``, the nearest first
    head : (len(claims), len(OUTCOMES)) the head's probabilities
    cosine : (len(claims),) that of the vectors
    """
    n = len(claims)
    found = np.zeros((n, len(FEATURES)), dtype=np.float32)
    if not n:
        return found
    tiny = np.float32(1e-6)
    found[:, :7] = np.log(head + tiny)
    found[:, 7] = np.log(head[:, 0] + head[:, 1] + tiny)
    found[:, 8] = np.log(head[:, 0] + head[:, 2] + tiny)
    found[:, 9], found[:, 10], found[:, 11] = cosine, cosine - cosine.max(), np.arange(n)
    place = 12
    for column in (*_term_features(statement, claims, columns, table), *_detail_features(statement, claims, columns)):
        found[:, place] = column
        place += 1
    ours, theirs = statement.profile.marks, columns.marks[claims]
    for bit in range(len(_SHARED_CUES)):
        our_cue, their_cue = ours >> bit & 1, theirs >> bit & 1
        found[:, place + bit] = our_cue * (1 - their_cue)
        found[:, place + len(_SHARED_CUES) + bit] = their_cue * (1 - our_cue)
    place += 2 * len(_SHARED_CUES)
    for bit in range(len(_SHARED_CUES), len(cues.NAMES)):
        found[:, place] = ours >> bit & 1
        place += 1
    return found


def is_name(rows: IntArray, marks: NDArray[np.uint8], table: TermTable) -> NDArray[np.bool_]:
    """Find which terms are names: those that mostly are one in the index, and those capitalised like one here."""
    known = (rows != UNKNOWN) & table.names[rows]
    names: NDArray[np.bool_] = (known | (marks & NAME != 0)) & (marks & NUMBER == 0)
    return names


def _term_features(
    statement: StatementTerms, claims: IntArray, columns: ClaimColumns, table: TermTable
) -> list[NDArray[np.generic]]:
    n = len(claims)
    places, owner = columns.terms.places(claims)
    hashes, marks = columns.terms.values[places], columns.term_marks[places]
    rows = table.rows(hashes)
    rarity = table.rarities(rows)
    own = marks & (HEADLINE | SPEAKER) == 0
    if len(statement.hashes):
        position = np.minimum(np.searchsorted(statement.hashes, hashes), len(statement.hashes) - 1)
        shared = statement.hashes[position] == hashes
    else:
        position, shared = np.zeros(len(hashes), dtype=np.int64), np.zeros(len(hashes), dtype=bool)
    named = own & is_name(rows, marks, table)
    begins = np.flatnonzero(np.diff(owner, prepend=-1))  # the terms of a claim are contiguous

    def total(values: NDArray[np.generic]) -> NDArray[np.float64]:
        return np.bincount(owner, values, minlength=n).astype(np.float64, copy=False)

    def largest(values: NDArray[np.generic]) -> NDArray[np.float64]:
        most = np.zeros(n)
        if len(owner):
            most[owner[begins]] = np.maximum.reduceat(values, begins)
        return most

    ours = np.zeros((n, len(statement.hashes)), dtype=bool)
    ours[owner[shared], position[shared]] = True
    spoken_rarity = statement.rarity * statement.spoken
    missing_here = ~ours * spoken_rarity
    headline = marks & HEADLINE != 0
    claim_mass, self_mass = total(rarity * own), max(float(spoken_rarity.sum()), 1e-6)
    shared_mass, names_shared = total(rarity * (shared & own)), total(rarity * (shared & named))
    claim_names = total(rarity * named * ~shared * (marks & BRACKETED == 0))
    our_names = missing_here @ statement.names.astype(np.float32)
    own_terms, length = total(own), int(statement.spoken.sum())
    return [
        shared_mass / np.maximum(claim_mass, 1e-6),
        ours @ spoken_rarity / self_mass,
        shared_mass,
        largest(rarity * own * ~shared),
        missing_here.max(axis=1, initial=0.0),
        names_shared,
        claim_names,
        our_names,
        np.minimum(claim_names, our_names),
        total(rarity * (shared & headline)) / np.maximum(total(rarity * headline), 1.0),
        own_terms,
        np.full(n, length),
        np.log((own_terms + 1.0) / (length + 1.0)),
        _swapped(statement, owner, position, shared & own, named & (marks & LEADS != 0), n),
    ]


def _swapped(
    statement: StatementTerms,
    owner: IntArray,
    position: IntArray,
    shared: NDArray[np.bool_],
    leads: NDArray[np.bool_],
    n: int,
) -> NDArray[np.bool_]:
    """Find which claims share two names with the statement, each leading one side and coming later in the other.

    Parameters
    ----------
    owner, position : (terms of the claims,) the claim of each; its place in the statement, if shared
    leads : (terms of the claims,) which name who acts
    """

    def has(chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.bincount(owner[chosen], minlength=n) > 0

    if not statement.leads.any():
        return np.zeros(n, dtype=bool)
    our_lead = statement.leads[position]
    return has(shared & leads & ~our_lead) & has(shared & ~leads & our_lead) & ~has(shared & leads & our_lead)


def _detail_features(statement: StatementTerms, claims: IntArray, columns: ClaimColumns) -> list[NDArray[np.generic]]:
    profile, n = statement.profile, len(claims)
    ours = [quantity for _, quantity in profile.quantities]
    our_directions = [direction for _, direction in profile.directions]
    numbers, turns = np.zeros((n, len(_NUMBERS))), np.zeros((n, 2))
    for row, claim in enumerate(claims.tolist()):
        theirs = columns.quantities_of(claim)
        if ours or theirs:
            numbers[row] = _compare_quantities(ours, theirs)
        if our_directions and len(directions := columns.directions[claim]):
            turns[row] = (
                len(set(our_directions) & set(directions.tolist())),
                polarity.clash(our_directions, directions.tolist()),
            )
    negations, their_negations = len(profile.negations), columns.negations[claims].astype(np.float64)
    return [*numbers.T, *turns.T, np.full(n, negations), their_negations, (negations + their_negations) % 2]


def _compare_quantities(ours: list[Quantity], theirs: list[Quantity]) -> tuple[int, int, int, bool, bool]:
    """Count the numbers that agree, and theirs and ours that do not; also whether any, or years, contradict."""
    theirs_missing, ours_missing = [], list(ours)
    for their in theirs:
        found = next((our for our in ours_missing if agree(our, their)), None)
        if found is None:
            theirs_missing.append(their)
        else:
            ours_missing.remove(found)
    clashes = [(our, their) for our in ours_missing for their in theirs_missing if comparable(our.unit, their.unit)]
    years = any(our.unit == Unit.YEAR for our, _ in clashes)
    return len(theirs) - len(theirs_missing), len(theirs_missing), len(ours_missing), bool(clashes), years
