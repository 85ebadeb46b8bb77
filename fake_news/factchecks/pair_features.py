"""Features of a pair, a statement and a claim that was ruled on: what decides whether the two say the same.

Similarity is only part of it. Numbers, negations, directions, names and the words that only one side has tell claims
apart that any similarity calls equal.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.details import Details
from fake_news.factchecks.likeness import ClaimTerms, Likeness
from fake_news.factchecks.profile import (
    BRACKETED,
    FIRST_PERSON,
    HEADLINE,
    NAME,
    NEGATED,
    NUMBER,
    RELATIVE_TIME,
    SPEAKER,
)
from fake_news.factchecks.statement import Statement
from fake_news.factchecks.term_table import UNKNOWN, TermTable
from fake_news.factchecks.window import Windows

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
    "rarest_window_term_missing",
    "window_covered_in_meaning",
    "window_share",
    "cosine_of_window",
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


def pair_features(
    statement: Statement, claims: Integers, bm25: Floats, columns: ClaimColumns, table: TermTable
) -> Floats:
    """The features of a statement with each of some claims, shape (len(claims), len(FEATURES)).

    Parameters
    ----------
    claims : rows of ``columns``
    bm25 : their scores against the statement
    """
    if not len(claims):
        return np.empty((0, len(FEATURES)), dtype=np.float32)
    terms = ClaimTerms.of(statement, claims, columns, table)
    own, shared, marks = terms.own, terms.shared, terms.marks
    shared_own, total = shared & own, terms.total
    rarity = table.rarities(terms.rows)
    own_rarity = rarity * own
    headline, speaker = marks & HEADLINE != 0, marks & SPEAKER != 0
    names = is_name(terms.rows, marks, table)
    named = own & names
    likeness = Likeness.of(statement, terms, table)
    claim_mass, shared_mass = total(own_rarity), total(rarity * shared_own)
    # Who is quoted helps to find a claim, and is no part of it.
    our_rarity = statement.rarity * (statement.marks & SPEAKER == 0)
    self_score = max(float(our_rarity.sum()), 1e-6)
    ours_found = np.zeros(likeness.of_statement.shape, dtype=bool)
    ours_found[terms.owner[shared], terms.position[shared]] = True
    own_terms, length = total(own), int((statement.marks & SPEAKER == 0).sum())
    names_shared = total(rarity * (shared & named))
    order = statement.order
    in_order, rarity_in_order = likeness.of_statement[:, order], our_rarity[order]
    windows = Windows.of(in_order, rarity_in_order)
    window_rarity = windows.inside * rarity_in_order
    window_mass = window_rarity.sum(axis=1)
    # A name that one side lacks, and none of its spare terms is like: who is called Joe besides is no Biden.
    spoken = shared & ~speaker
    ours_spoken = np.zeros_like(ours_found)
    ours_spoken[terms.owner[spoken], terms.position[spoken]] = True
    alien = is_name(statement.rows, statement.marks, table) & ~ours_spoken & (likeness.of_statement < _SAME_NAME)
    lost = names & ~shared & (own | (marks & BRACKETED != 0))
    if alien.any() and lost.any():
        spare = likeness.between * ~ours_spoken[terms.owner] * ~shared[:, None]
        lost &= spare.max(axis=1) < _SAME_NAME
    quoted = (alien & (statement.marks & SPEAKER != 0)).any(axis=1)
    alien = alien[:, order] & windows.near
    negated_ours = statement.marks[terms.position] & NEGATED != 0
    details = Details.of(statement.profile, windows, claims, columns)
    squares = total(rarity * own_rarity) * float((our_rarity**2).sum())
    found = (
        bm25 / self_score,
        bm25 / max(float(bm25.max()), 1e-6),
        shared_mass / np.maximum(claim_mass, 1e-6),
        ours_found @ our_rarity / self_score,
        total(own_rarity * likeness.of_claim) / np.maximum(claim_mass, 1e-6),
        likeness.of_statement @ our_rarity / self_score,
        total(rarity**2 * shared_own) / np.sqrt(np.maximum(squares, 1e-9)),
        likeness.cosine,
        likeness.cosine - likeness.cosine.max(),
        shared_mass,
        total(shared_own),
        terms.largest(own_rarity * (1.0 - likeness.of_claim)),
        (window_rarity * (1.0 - in_order)).max(axis=1, initial=0.0),
        (window_rarity * in_order).sum(axis=1) / np.maximum(window_mass, 1e-6),
        window_mass / self_score,
        likeness.cosine_of_part(windows.inside, statement.vectors[order], order),
        own_terms,
        length,
        np.log((own_terms + 1.0) / (length + 1.0)),
        total(rarity * (shared & headline)) / np.maximum(total(rarity * headline), 1.0),
        names_shared,
        total(rarity * named) - names_shared,
        alien @ rarity_in_order,
        (total(lost) > 0) & (alien.any(axis=1) | quoted),
        # Where the claim is about who said something, another speaker makes it another claim.
        total(shared & speaker) > 0,
        details.numbers_agree,
        details.claim_numbers_missing,
        details.statement_numbers_missing,
        details.numbers_clash,
        details.negations_differ,
        total(shared_own & ((marks & NEGATED != 0) != negated_ours)),
        details.directions_agree,
        details.directions_clash,
        columns.marks[claims] & FIRST_PERSON != 0,
        statement.profile.marks & FIRST_PERSON != 0,
        columns.marks[claims] & RELATIVE_TIME != 0,
    )
    features = np.empty((len(claims), len(FEATURES)), dtype=np.float32)
    for place, column in enumerate(found):
        features[:, place] = column
    return features


def is_name(rows: Integers, marks: NDArray[np.uint8], table: TermTable) -> NDArray[np.bool_]:
    """Which terms are names: those that mostly are where they occur, and those that are capitalised here like one."""
    known = (rows != UNKNOWN) & table.names[rows]
    names: NDArray[np.bool_] = (known | (marks & NAME != 0)) & (marks & NUMBER == 0)
    return names
