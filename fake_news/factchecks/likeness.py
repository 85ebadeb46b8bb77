"""The terms of a statement beside those of some claims, and how well each finds its like on the other side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.profile import HEADLINE, SPEAKER
from fake_news.factchecks.statement import Statement
from fake_news.factchecks.term_table import TermTable

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]


class ClaimTerms(NamedTuple):
    """The terms of ``n`` claims end to end; all arrays but ``first`` have one item a term.

    Attributes
    ----------
    owner : which claim each belongs to
    first : where the terms of each claim that has any begin
    rows, marks : in the term table; bits of what is known of it
    own : whether it stands in the claim itself
    position, shared : where the statement has it, and whether it does
    """

    n: int
    owner: Integers
    first: Integers
    rows: Integers
    marks: NDArray[np.uint8]
    own: Booleans
    position: Integers
    shared: Booleans

    @classmethod
    def of(cls, statement: Statement, claims: Integers, columns: ClaimColumns, table: TermTable) -> ClaimTerms:
        """The terms of these claims, beside the statement's."""
        places, owner = columns.terms.places(claims)
        hashes, marks = columns.terms.values[places], columns.term_marks[places]
        position = np.minimum(np.searchsorted(statement.hashes, hashes), len(statement.hashes) - 1)
        return cls(
            len(claims),
            owner,
            np.flatnonzero(np.diff(owner, prepend=-1)),
            table.rows(hashes),
            marks,
            (marks & (HEADLINE | SPEAKER)) == 0,
            position,
            statement.hashes[position] == hashes,
        )

    def total(self, values: NDArray[np.generic]) -> NDArray[np.float64]:
        """The sum of values of terms over each claim."""
        return np.bincount(self.owner, values, minlength=self.n).astype(np.float64, copy=False)

    def largest(self, values: NDArray[np.floating]) -> Floats:
        """The largest value of each claim's terms, at least 0."""
        largest = np.zeros(self.n, dtype=np.float32)
        largest[self.owner[self.first]] = np.maximum(np.maximum.reduceat(values, self.first), 0.0)
        return largest

    def largest_in_columns(self, values: Floats) -> Floats:
        """The same of values of shape (terms, columns), for each column: shape (n, columns)."""
        largest = np.zeros((self.n, values.shape[1]), dtype=np.float32)
        largest[self.owner[self.first]] = np.maximum(np.maximum.reduceat(values, self.first, axis=0), 0.0)
        return largest


class Likeness(NamedTuple):
    """How like each other a statement and ``n`` claims are by the vectors of their terms.

    Attributes
    ----------
    between : (claims' terms, statement's terms) how like each other two terms are
    of_claim : (claims' terms,) how like its nearest term of the statement each term of a claim is
    of_statement : (n, statement's terms) how like its nearest term of the claim each of the statement's is
    cosine : (n,) of the whole meanings
    dots : (n, statement's terms) of each term's vector with the claim's meaning, which has length one
    """

    between: Floats
    of_claim: Floats
    of_statement: Floats
    cosine: Floats
    dots: Floats

    @classmethod
    def of(cls, statement: Statement, terms: ClaimTerms, table: TermTable) -> Likeness:
        """The likeness of a statement and claims. The vectors are long: each pass over them costs."""
        vectors = table.term_vectors(terms.rows)
        ours = statement.vectors
        likeness = vectors @ ours.T
        likeness /= np.maximum(_lengths(vectors)[:, None] * _lengths(ours), np.float32(1e-9))
        likeness[terms.shared, terms.position[terms.shared]] = 1.0
        owners, width = terms.owner[terms.first], len(statement.hashes)
        vectors *= terms.own[:, None]
        meanings = np.add.reduceat(vectors, terms.first, axis=0)
        meanings /= np.maximum(_lengths(meanings), np.float32(1e-9))[:, None]
        dots = np.zeros((terms.n, width), dtype=np.float32)
        dots[owners] = meanings @ ours.T
        cosine = np.zeros(terms.n, dtype=np.float32)
        cosine[owners] = meanings @ statement.meaning
        return cls(likeness, np.maximum(likeness.max(axis=1), 0.0), terms.largest_in_columns(likeness), cosine, dots)

    def cosine_of_part(self, inside: Booleans, vectors: Floats, order: Integers) -> Floats:
        """Cosines of parts of the statement with each claim.

        Parameters
        ----------
        inside : (n, terms in the order of the text) which terms are in the part
        vectors : theirs
        order : their places among the statement's terms
        """
        parts = inside.astype(np.float32)
        squares = ((parts @ (vectors @ vectors.T)) * parts).sum(axis=1)
        cosine: Floats = (self.dots[:, order] * parts).sum(axis=1) / np.sqrt(np.maximum(squares, np.float32(1e-9)))
        return cosine


def _lengths(vectors: Floats) -> Floats:
    lengths: Floats = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return lengths
