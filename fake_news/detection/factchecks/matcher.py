"""The matcher: from statements to the published rulings on them.

statement ──► passages ──► vector ──► nearest claims, and those that share rare terms ──► relation ──► meaning
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, FloatArray, IntArray
from fake_news.detection.encoder.encoder import Encoder, passages
from fake_news.detection.factchecks.claim_profile import statement_profile
from fake_news.detection.factchecks.confirmation import confirm
from fake_news.detection.factchecks.core_matching import match_with_core_claims
from fake_news.detection.factchecks.library import Candidates, Library, SearchResult, search_libraries, split_by_passage
from fake_news.detection.factchecks.match_result import (
    Match,
    MatchResult,
    NearbyClaims,
    add_denied_clause,
    join_libraries,
    merge_passages,
)
from fake_news.detection.factchecks.relation import cues
from fake_news.detection.factchecks.relation.clauses import (
    asserted_clauses,
    denied_clause,
    is_denial,
    may_deny,
    whole_denied_clause,
)
from fake_news.detection.factchecks.relation.features import FEATURES, StatementTerms, pair_features
from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.detection.factchecks.relation.meaning import contradicted_label, lower_below_bound, meaning_of
from fake_news.detection.factchecks.relation.model import QUESTIONS, RelationModel
from fake_news.detection.factchecks.terms import TermTable
from fake_news.detection.verdict import Label

NEAREST_CLAIMS = 16
"""Claims that are compared because their vectors are nearest …"""
CLAIMS_SHARING_TERMS = 4
"""… and further ones because they share rare terms."""
_MOST_SEARCHED_BY_TERMS = 12
_NEAREST_CORE, _CORE_NEAR_FROM = 6, 0.65
"""Core claims that are compared, and the least cosine: a statement that says or denies one has a vector near it.
Ordinary sentences have none that near, and so cost nothing more."""
_CACHED_PASSAGES = 512
"""Passages whose terms are cached: each is compared with several libraries."""
_CLASHES = [FEATURES.index(name) for name in ("statement_numbers_missing", "numbers_clash", "directions_clash")]
_NEGATIONS_DIFFER = FEATURES.index("negations_differ")
_OPPOSED = [_NEGATIONS_DIFFER, FEATURES.index("directions_clash")]
_SAID = [OUTCOMES.index("same"), OUTCOMES.index("more")]
_SAID_FROM = 0.3
"""Probability from which a clause says the claim, so that a negation elsewhere in the sentence does not deny it."""
_DENIED_CLAUSE_SAYS_FROM = 0.5
"""Probability from which a clause that is denied as a whole says the claim, so that the claim is denied."""
_ONLY_STATEMENT_SAYING, _SURE = FEATURES.index("only_statement_saying"), 0.95
"""A report of what somebody said is decided by a ruling on the matter itself only from this probability."""
_DECIDES_FROM = 0.25
"""Cosine below which no ruling decides: in a small library, the nearest may be far, unlike what the forests learned."""


class Matcher:
    """Finds rulings, and what each means for a statement.

    Parameters
    ----------
    table : rarities of terms
    encoder : makes the vectors of statements, as it made those of the libraries
    model : the relation model of pairs
    libraries : sequence of Library
    """

    def __init__(self, table: TermTable, encoder: Encoder, model: RelationModel, libraries: Sequence[Library]) -> None:
        self._table = table
        self._encoder = encoder
        self._model = model
        self._libraries = libraries
        self._terms = lru_cache(_CACHED_PASSAGES)(lambda text: StatementTerms.of(statement_profile(text), table))

    def match_many(self, statements: Sequence[str]) -> list[MatchResult]:
        """Match each of some statements with the rulings."""
        denied = [whole_denied_clause(statement) for statement in statements]
        texts = [*statements, *(clause for clause in denied if clause)]
        parts = [passages(text, self._encoder.fits) for text in texts]
        flat = [part for of_text in parts for part in of_text]
        found = iter(self._results(flat, self._encoder(flat)))
        results = [merge_passages([next(found) for _ in of_text]) for of_text in parts]
        of_clauses = iter(results[len(statements) :])
        return [
            add_denied_clause(result, next(of_clauses)) if clause else result
            for result, clause in zip(results, denied, strict=False)
        ]

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Encode texts as unit vectors, shape (len(texts), width)."""
        return self._encoder(texts)

    def candidates(
        self,
        texts: Sequence[str],
        vectors: Float32Array,
        library: Library,
        wanted: Sequence[Sequence[int]] | None = None,
    ) -> list[Candidates]:
        """Find the claims of a library that each of some texts may say or deny.

        Parameters
        ----------
        vectors : those of the texts
        wanted : for each text, claims that are compared in any case
        """
        most, lowest = (_NEAREST_CORE, _CORE_NEAR_FROM) if library.core else (NEAREST_CLAIMS, -1.0)
        nearest = [near[cosine >= lowest] for near, cosine in library.vectors.nearest(vectors, most)]
        return [
            self._candidates(text, vector, near, library, more)
            for text, vector, near, more in zip(texts, vectors, nearest, wanted or [()] * len(texts), strict=True)
        ]

    def search(self, words: str, most: int) -> list[SearchResult]:
        """Search for rulings on what some words are about, best first, for a reader."""
        libraries = [library for library in self._libraries if library.core is None]  # core claims repeat rulings
        return search_libraries(libraries, self._terms(words), self._encoder([words]), most)

    def _candidates(
        self, passage: str, vector: Float32Array, nearest: IntArray, library: Library, wanted: Sequence[int]
    ) -> Candidates:
        statement = self._terms(passage)
        near, others = set(nearest.tolist()), list[int]()
        if not library.core:
            sharing, _ = library.by_terms.candidates(statement.hashes, statement.rarity, _MOST_SEARCHED_BY_TERMS)
            others = [claim for claim in sharing.tolist() if claim not in near][:CLAIMS_SHARING_TERMS]
        others += [claim for claim in wanted if claim not in near.union(others)]
        return self._compare(statement, vector, np.concatenate([nearest, np.array(others, dtype=np.int64)]), library)

    def _compare(
        self, statement: StatementTerms, vector: Float32Array, claims: IntArray, library: Library
    ) -> Candidates:
        """Compute the features of a statement with some claims."""
        theirs = library.vectors.rows(claims)
        cosine = theirs @ vector
        head = self._model.head(vector, theirs)
        features = pair_features(statement, claims, head, cosine, library.columns, self._table)
        return Candidates(claims, cosine, features)

    def _results(self, flat: Sequence[str], vectors: Float32Array) -> list[MatchResult]:
        of_libraries = [self._library_results(library, flat, vectors) for library in self._libraries]
        joined = [join_libraries(of_passage) for of_passage in zip(*of_libraries, strict=True)]
        for core in (library.core for library in self._libraries if library.core):
            joined = [confirm(passage, result, core) for passage, result in zip(flat, joined, strict=True)]
        return joined

    def _library_results(self, library: Library, flat: Sequence[str], vectors: Float32Array) -> list[MatchResult]:
        """Match each passage with one library; the forests evaluate all pairs at once."""
        repeated = [library.core.repeated_rows(passage) for passage in flat] if library.core else None
        found = self.candidates(flat, vectors, library, repeated)
        features = np.concatenate([candidates.features for candidates in found])
        odds = self._model.probabilities(features)
        if library.core:
            return match_with_core_claims(flat, found, features, odds, library)
        return [
            self._match_result(passage, candidates, of_pairs, library)
            for passage, candidates, of_pairs in zip(flat, found, split_by_passage(odds, found), strict=True)
        ]

    def _match_result(
        self, passage: str, candidates: Candidates, odds: dict[str, FloatArray], library: Library
    ) -> MatchResult:
        if not len(candidates.claims):
            return MatchResult([], NearbyClaims(candidates.features, candidates.cosine, []))
        if cues.adds_a_clause(passage):
            lower_below_bound(odds, self._model.bounds, "follows")
        if cues.is_wish(passage):
            lower_below_bound(odds, self._model.bounds, "says", "follows")
        reports = candidates.features[:, _ONLY_STATEMENT_SAYING] > 0
        lower_below_bound(odds, self._model.bounds, "says", "follows", where=reports & (odds["says"] < _SURE))
        cannot_deny = ~self._may_deny(passage, candidates, odds, library)
        lower_below_bound(odds, self._model.bounds, "denies", "contradicts", where=cannot_deny)
        is_about_saying = cues.cues_of(passage, ()) & cues.SAYING != 0
        is_near = (candidates.cosine >= _DECIDES_FROM).tolist()
        matches: list[Match] = []
        near: list[Match] = []
        contradicted: set[Label] = set()
        for row, claim in enumerate(candidates.claims.tolist()):
            fact_check = library.rulings[claim]
            # a ruling on whether somebody said it does not rule on what was said
            may_tell = is_about_saying or not library.columns.marks[claim] & cues.SAYING
            ruling = fact_check.label if may_tell else None
            decides = may_tell and is_near[row]
            chances = {question: float(odds[question][row]) for question in QUESTIONS}
            meaning = meaning_of(ruling if decides else None, chances, self._model.bounds)
            if meaning.label is None and (label := contradicted_label(ruling, chances, self._model.bounds)):
                contradicted.add(label)
            seen = candidates.features[row]
            match = Match(
                claim,
                fact_check,
                meaning,
                float(candidates.cosine[row]),
                library.text(claim),
                may_decide=bool(decides and not seen[_CLASHES].any()),
                same_negation=not seen[_NEGATIONS_DIFFER],
            )
            near.append(match.as_related())
            if meaning.label is not None or candidates.cosine[row] >= self._model.related_from:
                matches.append(match)
        return MatchResult(matches, NearbyClaims(candidates.features, candidates.cosine, near), frozenset(contradicted))

    def _says(self, clause: str, claims: IntArray, library: Library) -> NDArray[np.bool_]:
        """Find which claims a clause may say: a sentence that denies it as a whole denies no others."""
        statement = self._terms(clause)
        compared = self._compare(statement, self._encoder([clause])[0], claims, library)
        said: NDArray[np.bool_] = self._model.probabilities(compared.features)["says"] >= _DENIED_CLAUSE_SAYS_FROM
        return said

    def _may_deny(
        self, passage: str, candidates: Candidates, odds: Mapping[str, FloatArray], library: Library
    ) -> NDArray[np.bool_]:
        """Find which claims the passage can deny by its wording."""
        negations = library.columns.negations[candidates.claims].tolist()
        about_saying = (library.columns.marks[candidates.claims] & cues.SAYING != 0).tolist()
        claims = list(zip(negations, about_saying, strict=True))
        of_kind = {claim: may_deny(passage, *claim) for claim in set(claims)}
        allowed: NDArray[np.bool_] = np.array([of_kind[claim] for claim in claims], dtype=bool)
        if not is_denial(passage):  # then by an antonym, or by asserting what the claim negates
            allowed &= candidates.features[:, _OPPOSED].any(axis=1)
        bounds = self._model.bounds
        in_question = allowed & np.any([odds[name] >= bounds[name] for name in ("denies", "contradicts")], axis=0)
        if in_question.any() and (parts := asserted_clauses(passage)):
            vectors = library.vectors.rows(candidates.claims)
            said = [self._model.head(part, vectors)[:, _SAID].sum(axis=1) for part in self._encoder(parts)]
            allowed &= np.max(said, axis=0) < _SAID_FROM
        if in_question.any() and (clause := denied_clause(passage)):
            allowed &= self._says(clause, candidates.claims, library)
        return allowed
