"""A library: rulings that are searched together, such as the shipped ones, their core claims, or the imported ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, FloatArray, IntArray
from fake_news.detection.encoder.cross_encoder import CrossEncoder
from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.fact_check import FactCheck, Rulings
from fake_news.detection.factchecks.relation.core_pairs import CorePairModel
from fake_news.detection.factchecks.relation.features import StatementTerms
from fake_news.detection.factchecks.search.claim_vectors import ClaimVectors, NearestClaims
from fake_news.detection.factchecks.search.term_index import TermIndex
from fake_news.detection.factchecks.terms import TermTable

_NEAR_FROM = 0.55
"""Cosine from which a ruling is found although it shares no word with the query."""
_RANK_OFFSET = 20


@dataclass(frozen=True)
class CoreSentences:
    """What is known of core claims, beyond what is known of any claim.

    Attributes
    ----------
    sentences : as written for the project
    of_ruling : the rows of the sentences on each ruling that say what was rated, by the ruling's own address
    titles : what the ruling of each is on, as a plain sentence; empty if there is none
    truth : (sentences,) 1 if it is true by its ruling, 0 if it is false
    is_opposite : (sentences,) whether the sentence is the opposite of what its ruling is on
    compare : reads a statement and a sentence together; ``None`` in a checkpoint that predates the cross-encoder, whose
        core claims decide nothing
    pairs : decides which of them a statement says, from what ``compare`` finds
    """

    sentences: Sequence[str]
    of_ruling: Mapping[str, Sequence[int]]
    titles: Sequence[str]
    truth: IntArray
    is_opposite: NDArray[np.bool_]
    compare: CrossEncoder | None = None
    pairs: CorePairModel | None = None
    _rows: Mapping[str, list[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        rows: dict[str, list[int]] = {}
        for row, sentence in enumerate(self.sentences):
            rows.setdefault(_plain(sentence), []).append(row)
        object.__setattr__(self, "_rows", rows)

    def repeated_rows(self, text: str) -> list[int]:
        """Find the core claims with which a text begins or ends: the rest may move its vector too far away."""
        plain = _plain(text)
        spaces = [place for place, char in enumerate(plain) if char == " "]
        parts = [plain, *(plain[:place].rstrip(",") for place in spaces), *(plain[place + 1 :] for place in spaces)]
        return [row for part in parts for row in self._rows.get(part, ())]


def _plain(text: str) -> str:
    return text.casefold().rstrip(" .!")


@dataclass(frozen=True)
class Library:
    """Rulings, ready to be searched by terms and by meaning.

    Attributes
    ----------
    columns, vectors, rulings : those of the same claims, in the same order
    by_terms : finds claims by the terms they share with a statement
    texts : the claims in the fact-checks' words, if these may be kept
    core : given if the claims are core claims
    """

    columns: ClaimColumns
    vectors: NearestClaims
    by_terms: TermIndex
    rulings: Rulings
    texts: Sequence[str] = ()
    core: CoreSentences | None = None

    @classmethod
    def of(
        cls,
        columns: ClaimColumns,
        vectors: NDArray[np.int8],
        rulings: Rulings,
        table: TermTable,
        texts: Sequence[str] = (),
        core: CoreSentences | None = None,
    ) -> Library:
        """Make a library of claims, their vectors, the rulings on them, and their words if these may be kept."""
        return cls(columns, ClaimVectors(vectors), TermIndex(columns, table), rulings, texts, core)

    def text(self, claim: int) -> str:
        """Return a claim in the fact-check's words, if they are kept."""
        return self.texts[claim] if self.texts else ""

    @property
    def newest(self) -> str | None:
        """The day of the newest ruling."""
        return self.rulings.newest


class SearchResult(NamedTuple):
    """A ruling that a reader searched for, and its claim if the text is kept."""

    fact_check: FactCheck
    claim: str


class Candidates(NamedTuple):
    """The claims of one library that a passage may say or deny, with the relation model's features of each.

    Attributes
    ----------
    claims : their rows, the nearest first
    cosine : (claims,)
    features : (claims, features)
    """

    claims: IntArray
    cosine: Float32Array
    features: Float32Array


def split_by_passage(odds: Mapping[str, FloatArray], found: Sequence[Candidates]) -> list[dict[str, FloatArray]]:
    """Split the probabilities of all pairs, in the order of the passages, by passage."""
    ends = np.cumsum([len(candidates.claims) for candidates in found])[:-1]
    parts = {question: np.split(chances, ends) for question, chances in odds.items()}
    return [dict(zip(parts, of_passage, strict=True)) for of_passage in zip(*parts.values(), strict=True)]


def search_libraries(
    libraries: Sequence[Library], words: StatementTerms, vector: Float32Array, most: int
) -> list[SearchResult]:
    """Search libraries for a reader, best first: two rankings joined by reciprocal ranks (Cormack et al. 2009).

    Parameters
    ----------
    vector : that of the words, (1, width)
    """
    found = []
    for library in libraries:
        sharing, _ = library.by_terms.candidates(words.hashes, words.rarity, most)
        nearest, cosine = library.vectors.nearest(vector, most)[0]
        scores: dict[int, float] = {}
        for ranking in (sharing, nearest[cosine >= _NEAR_FROM]):
            for rank, claim in enumerate(ranking.tolist()):
                scores[claim] = scores.get(claim, 0.0) + 1.0 / (_RANK_OFFSET + rank)
        found += [(score, SearchResult(library.rulings[claim], library.text(claim))) for claim, score in scores.items()]
    return [one for _, one in sorted(found, key=lambda item: -item[0])][:most]
