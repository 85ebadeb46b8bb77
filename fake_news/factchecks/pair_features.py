"""Features of a pair, a statement and a claim that was ruled on: what decides whether the two say the same.

Similarity is only part of it. Numbers, negations, directions, names and the words that only one side has tell claims
apart that any similarity calls equal.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks import polarity
from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.profile import (
    FIRST_PERSON,
    HEADLINE,
    NAME,
    NEGATED,
    NUMBER,
    RELATIVE_TIME,
    SPEAKER,
    Profile,
)
from fake_news.factchecks.quantities import Quantity, agree, comparable
from fake_news.factchecks.term_table import UNKNOWN, TermTable

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

FEATURES = (
    "bm25_share",
    "bm25_of_best",
    "claim_covered",
    "statement_covered",
    "claim_covered_in_meaning",
    "statement_covered_in_meaning",
    "cosine_of_terms",
    "cosine_of_meaning",
    "cosine_of_meaning_of_best",
    "shared_rarity",
    "shared_terms",
    "rarest_claim_term_missing",
    "rarest_statement_term_missing",
    "claim_terms",
    "statement_terms",
    "length_ratio",
    "headline_covered",
    "names_shared",
    "claim_names_missing",
    "statement_names_missing",
    "names_clash",
    "speaker_named",
    "numbers_agree",
    "claim_numbers_missing",
    "statement_numbers_missing",
    "numbers_clash",
    "negations_differ",
    "negation_of_shared_term_differs",
    "directions_agree",
    "directions_clash",
    "claim_first_person",
    "statement_first_person",
    "claim_relative_time",
)


_SAME_NAME = 0.6
"""Likeness of vectors from which two names may be two names of one thing ("America", "the United States")."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as matching sees it: its profile, and its terms as rows of the term table."""

    profile: Profile
    hashes: NDArray[np.uint32]
    rows: Integers
    rarity: Floats
    marks: NDArray[np.uint8]
    vectors: Floats
    meaning: Floats

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
        )


def unit(vector: Floats) -> Floats:
    """A vector of length one in the same direction; zero stays zero."""
    length = np.sqrt((vector * vector).sum(axis=-1, keepdims=True))
    scaled: Floats = vector / np.maximum(length, 1e-9)
    return scaled


def pair_features(
    statement: Statement, claims: Integers, bm25: Floats, columns: ClaimColumns, table: TermTable
) -> Floats:
    """The features of a statement with each of some claims, shape (len(claims), len(FEATURES)).

    Parameters
    ----------
    claims : rows of ``columns``
    bm25 : their scores against the statement
    """
    n = len(claims)
    if not n:
        return np.empty((0, len(FEATURES)), dtype=np.float32)
    places, owner = columns.terms.places(claims)
    hashes, marks = columns.terms.values[places], columns.term_marks[places]
    rows = table.rows(hashes)
    rarity = table.rarities(rows)
    position = np.minimum(np.searchsorted(statement.hashes, hashes), len(statement.hashes) - 1)
    shared = statement.hashes[position] == hashes
    own = (marks & (HEADLINE | SPEAKER)) == 0
    headline, speaker = marks & HEADLINE != 0, marks & SPEAKER != 0
    named = own & is_name(rows, marks, table)
    ours_named = is_name(statement.rows, statement.marks, table)

    def total(values: NDArray[np.generic]) -> NDArray[np.float64]:
        return np.bincount(owner, values, minlength=n).astype(np.float64)

    # How well each term finds its like on the other side, by the terms' vectors.
    vectors = table.term_vectors(rows)
    likeness = unit(vectors) @ unit(statement.vectors).T
    likeness[shared, position[shared]] = 1.0
    claim_likeness = np.maximum(likeness.max(axis=1), 0.0)
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    statement_likeness = np.zeros((n, len(statement.hashes)), dtype=np.float32)
    statement_likeness[owner[first]] = np.maximum.reduceat(likeness, first, axis=0)
    np.maximum(statement_likeness, 0.0, out=statement_likeness)

    claim_mass = total(rarity * own)
    shared_mass = total(rarity * (shared & own))
    # Who is quoted helps to find a claim, and is no part of it.
    our_rarity = statement.rarity * (statement.marks & SPEAKER == 0)
    statement_mass = float(our_rarity.sum())
    ours_found = np.zeros((n, len(statement.hashes)), dtype=bool)
    ours_found[owner[shared], position[shared]] = True
    ours_found_mass = ours_found @ our_rarity
    claim_squares, our_squares = total(rarity**2 * own), float((our_rarity**2).sum())
    meanings = np.zeros((n, vectors.shape[1]), dtype=np.float32)
    meanings[owner[first]] = np.add.reduceat(vectors * own[:, None], first, axis=0)
    cosine = unit(meanings) @ statement.meaning
    self_score = max(statement_mass, 1e-6)
    own_terms = total(own)
    names_mass = total(rarity * named)
    alien = ours_named & ~ours_found & (statement_likeness < _SAME_NAME)
    alien_mass = alien @ our_rarity
    # Where the claim is about who said something, another speaker makes it another claim.
    aliens = alien.any(axis=1)
    speakers_named = total(shared & speaker) > 0
    negated_ours = statement.marks[position] & NEGATED != 0
    numbers = [_numbers(statement.profile.quantities, columns.quantities_of(int(claim))) for claim in claims]
    turns = [_directions(statement.profile.directions, columns.directions[int(claim)].tolist()) for claim in claims]
    features = np.column_stack(
        [
            bm25 / self_score,
            bm25 / max(float(bm25.max()), 1e-6),
            shared_mass / np.maximum(claim_mass, 1e-6),
            ours_found_mass / self_score,
            total(rarity * claim_likeness * own) / np.maximum(claim_mass, 1e-6),
            statement_likeness @ our_rarity / self_score,
            total(rarity**2 * (shared & own)) / np.sqrt(np.maximum(claim_squares * our_squares, 1e-9)),
            cosine,
            cosine - cosine.max(),
            shared_mass,
            total(shared & own),
            _largest(owner, first, rarity * (1.0 - claim_likeness) * own, n),
            (our_rarity * (1.0 - statement_likeness)).max(axis=1, initial=0.0),
            own_terms,
            np.full(n, len(statement.hashes)),
            np.log((own_terms + 1.0) / (len(statement.hashes) + 1.0)),
            total(rarity * (shared & headline)) / np.maximum(total(rarity * headline), 1.0),
            total(rarity * (shared & named)),
            names_mass - total(rarity * (shared & named)),
            alien_mass,
            (total(rarity * (named & (claim_likeness < _SAME_NAME))) > 0) & aliens,
            speakers_named,
            [agreed for agreed, _, _, _ in numbers],
            [theirs for _, theirs, _, _ in numbers],
            [ours for _, _, ours, _ in numbers],
            [clashing for _, _, _, clashing in numbers],
            (columns.negations[claims] % 2) != (statement.profile.negations % 2),
            total(shared & own & ((marks & NEGATED != 0) != negated_ours)),
            [agreed for agreed, _ in turns],
            [clashing for _, clashing in turns],
            columns.marks[claims] & FIRST_PERSON != 0,
            np.full(n, statement.profile.marks & FIRST_PERSON != 0),
            columns.marks[claims] & RELATIVE_TIME != 0,
        ]
    )
    return features.astype(np.float32)


def is_name(rows: Integers, marks: NDArray[np.uint8], table: TermTable) -> NDArray[np.bool_]:
    """Which terms are names: those that mostly are where they occur, and capitalised ones that nobody knows."""
    names: NDArray[np.bool_] = np.where(rows == UNKNOWN, marks & NAME != 0, table.names[rows]) & (marks & NUMBER == 0)
    return names


def _largest(owner: Integers, first: Integers, values: NDArray[np.floating], n: int) -> Floats:
    """The largest value of each owner; ``first`` are the places where the next owner begins."""
    largest = np.zeros(n, dtype=np.float32)
    largest[owner[first]] = np.maximum(np.maximum.reduceat(values.astype(np.float32), first), 0.0)
    return largest


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
