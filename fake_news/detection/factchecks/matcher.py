"""The matcher: from statements to the published rulings that bear on them.

statement ──► passages ──► vector ──► nearest claims, and those that share rare terms ──► relation ──► meaning
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, IntArray
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.bearing import Bearing, Match, Near, joined, merged, settled
from fake_news.detection.factchecks.candidates import Candidates, Found
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.profile import statement_profile
from fake_news.detection.factchecks.relation import core_pairs, cues
from fake_news.detection.factchecks.relation.caution import lower_below_bound, speaks_against
from fake_news.detection.factchecks.relation.denial import asserted_clauses, denied_clause, may_deny
from fake_news.detection.factchecks.relation.features import FEATURES, OUTCOMES, StatementTerms, pair_features
from fake_news.detection.factchecks.relation.meaning import meaning_of, opposite_of
from fake_news.detection.factchecks.relation.model import CLOSE_QUESTIONS, QUESTIONS, RelationModel
from fake_news.detection.factchecks.search.passages import passages
from fake_news.detection.factchecks.term_table import TermTable
from fake_news.detection.verdict import Label

NEAREST = 16
"""Claims that are looked at for the likeness of their vectors …"""
SHARING = 4
"""… and those looked at besides for the terms they share."""
_MOST_SEARCHED_BY_TERMS = 12
_NEAREST_CORE = 6
"""Core claims that are looked at: who says or denies one is near it, whatever words they share."""
_FOUND_FROM = 0.55
"""Likeness from which a ruling is an answer to a person's search though it shares no word with it."""
_RANK_OFFSET = 20
_CLASHES = [FEATURES.index(name) for name in ("statement_numbers_missing", "numbers_clash", "directions_clash")]
_NEGATIONS_DIFFER = FEATURES.index("negations_differ")
_SAID = [OUTCOMES.index("same"), OUTCOMES.index("more")]
_SAID_FROM = 0.3
"""From this probability a clause says the claim: a sentence that negates something beside it does not deny it."""
_DENIED_CLAUSE_SAYS_FROM = 0.5
"""From this probability a clause that is denied as a whole says the claim, so that the claim is denied."""
_DECIDES_FROM = 0.25
"""Likeness below which no ruling decides: among few the nearest may be far, which no forest has learned from."""


class Matcher:
    """Finds rulings and says what each means for a statement.

    Parameters
    ----------
    table : rarities of terms
    encoder : reads the statements; the libraries' vectors are its own
    model : tells the relation of a pair
    libraries : sequence of Library
    """

    def __init__(self, table: TermTable, encoder: Encoder, model: RelationModel, libraries: Sequence[Library]) -> None:
        self._table = table
        self._encoder = encoder
        self._model = model
        self._libraries = libraries

    def match_many(self, statements: Sequence[str]) -> list[Bearing]:
        """What the rulings say of each of some statements."""
        parts = [passages(statement, self._encoder.fits) for statement in statements]
        flat = [part for of_statement in parts for part in of_statement]
        found = iter(self._bearings(flat, self._encoder(flat)))
        return [merged([next(found) for _ in of_statement]) for of_statement in parts]

    def encode(self, texts: Sequence[str]) -> Float32Array:
        """Unit vectors of texts, shape (len(texts), width)."""
        return self._encoder(texts)

    def candidates(
        self,
        texts: Sequence[str],
        vectors: Float32Array,
        library: Library,
        wanted: Sequence[Sequence[int]] | None = None,
    ) -> list[Candidates]:
        """The claims of a library that may bear on each of some texts.

        Parameters
        ----------
        vectors : of the texts
        wanted : for each text, claims that are looked at in any case
        """
        nearest = library.vectors.nearest(vectors, _NEAREST_CORE if library.titles else NEAREST)
        return [
            self._candidates(text, vector, near, library, more)
            for text, vector, (near, _), more in zip(texts, vectors, nearest, wanted or [()] * len(texts), strict=True)
        ]

    def search(self, words: str, most: int) -> list[Found]:
        """Rulings on what some words are about, by words and by meaning, best first, for a person who looks for them.

        The two rankings are joined by reciprocal ranks (Cormack et al. 2009).
        """
        vector = self._encoder([words])
        statement = StatementTerms.of(statement_profile(words), self._table)
        found = []
        for library in self._libraries:
            if library.titles:  # the same rulings in our own words
                continue
            sharing, _ = library.by_terms.candidates(statement.hashes, statement.rarity, most)
            nearest, cosine = library.vectors.nearest(vector, most)[0]
            scores: dict[int, float] = {}
            for ranking in (sharing, nearest[cosine >= _FOUND_FROM]):
                for rank, claim in enumerate(ranking.tolist()):
                    scores[claim] = scores.get(claim, 0.0) + 1.0 / (_RANK_OFFSET + rank)
            found += [(score, Found(library.rulings[claim], library.text(claim))) for claim, score in scores.items()]
        return [one for _, one in sorted(found, key=lambda item: -item[0])][:most]

    def _candidates(
        self, passage: str, vector: Float32Array, nearest: IntArray, library: Library, wanted: Sequence[int]
    ) -> Candidates:
        statement = StatementTerms.of(statement_profile(passage), self._table)
        near, others = set(nearest.tolist()), list[int]()
        if not library.titles:
            sharing, _ = library.by_terms.candidates(statement.hashes, statement.rarity, _MOST_SEARCHED_BY_TERMS)
            others = [claim for claim in sharing.tolist() if claim not in near][:SHARING]
        others += [claim for claim in wanted if claim not in near.union(others)]
        return self._compared(statement, vector, np.concatenate([nearest, np.array(others, dtype=np.int64)]), library)

    def _compared(
        self, statement: StatementTerms, vector: Float32Array, claims: IntArray, library: Library
    ) -> Candidates:
        """Some claims beside a statement."""
        theirs = library.vectors.rows(claims)
        cosine = theirs @ vector
        head = self._model.head(vector, theirs)
        features = pair_features(statement, claims, head, cosine, library.columns, self._table)
        return Candidates(claims, cosine, features)

    def _bearings(self, flat: Sequence[str], vectors: Float32Array) -> list[Bearing]:
        of_libraries = [
            [
                self._judged_core(passage, candidates, library)
                if library.titles
                else self._judged(passage, candidates, library)
                for passage, candidates in zip(flat, self.candidates(flat, vectors, library), strict=True)
            ]
            for library in self._libraries
        ]
        return [joined(of_passage) for of_passage in zip(*of_libraries, strict=True)]

    def _judged(self, passage: str, candidates: Candidates, library: Library) -> Bearing:
        if not len(candidates.claims):
            return Bearing([], Near(candidates.features, candidates.cosine, []))
        odds = self._model.probabilities(candidates.features)
        if cues.adds_a_clause(passage):
            lower_below_bound(odds, self._model.bounds, "follows")
        if cues.is_wish(passage):
            lower_below_bound(odds, self._model.bounds, "says", "follows")
        cannot_deny = ~self._may_deny(passage, candidates, odds, library)
        lower_below_bound(odds, self._model.bounds, "denies", "contradicts", where=cannot_deny)
        is_about_saying = cues.cues_of(passage, ()) & cues.SAYING != 0
        is_near = (candidates.cosine >= _DECIDES_FROM).tolist()
        matches: list[Match] = []
        near: list[Match] = []
        against: set[Label] = set()
        for row, claim in enumerate(candidates.claims.tolist()):
            fact_check = library.rulings[claim]
            decides = (is_about_saying or not library.columns.marks[claim] & cues.SAYING) and is_near[row]
            chances = {question: float(odds[question][row]) for question in QUESTIONS}
            meaning = meaning_of(fact_check.label if decides else None, chances, self._model.bounds)
            if meaning.label is None and (label := speaks_against(fact_check.label, chances, self._model.bounds)):
                against.add(label)
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
            near.append(match.contested())
            if meaning.label is not None or candidates.cosine[row] >= self._model.related_from:
                matches.append(match)
        return Bearing(matches, Near(candidates.features, candidates.cosine, near), frozenset(against))

    def _judged_core(self, passage: str, candidates: Candidates, library: Library) -> Bearing:
        """What core claims say of a passage.

        The model of similar rulings learned from the publishers' wordings alone, so that nothing is near here.
        """
        odds = self._model.probabilities(candidates.features)
        opposites = [claim in library.opposites for claim in candidates.claims.tolist()]
        features, cosine = candidates.features, candidates.cosine
        may_say, may_follow = core_pairs.may_be_said(passage, features, cosine, opposites)
        may_say &= not cues.is_wish(passage)
        may_follow &= not (cues.is_wish(passage) or cues.adds_a_clause(passage))
        may_deny = core_pairs.may_be_denied(features, cosine, opposites)
        may_deny &= self._may_deny(passage, candidates, odds, library)
        may_contradict = np.zeros_like(may_say)  # a third thing is no part of what was checked
        for question, may in zip(QUESTIONS, (may_say, may_follow, may_deny, may_contradict), strict=True):
            odds[question] = np.where(may, odds[question], 0.0)
        near_verbatim = core_pairs.is_near_verbatim(features, cosine).tolist()
        is_about_saying = cues.cues_of(passage, ()) & cues.SAYING != 0
        matches = []
        for row, claim in enumerate(candidates.claims.tolist()):
            fact_check = library.rulings[claim]
            ruled = opposite_of(fact_check.label) if opposites[row] else fact_check.label
            decides = is_about_saying or not library.columns.marks[claim] & cues.SAYING
            chances = {question: float(odds[question][row]) for question in QUESTIONS}
            said_from = core_pairs.NEAR_VERBATIM_BOUND if near_verbatim[row] else core_pairs.BOUND
            bounds = {**self._model.bounds, **dict.fromkeys(CLOSE_QUESTIONS, said_from)}
            meaning = meaning_of(ruled if decides else None, chances, bounds)
            meaning = meaning.turned() if opposites[row] else meaning
            if meaning.label is not None:
                matches.append(Match(claim, fact_check, meaning, float(cosine[row]), "", library.title(claim)))
        return Bearing(settled(matches), None)

    def _says(self, clause: str, claims: IntArray, library: Library) -> NDArray[np.bool_]:
        """Which claims a clause may well say: what denies it as a whole denies no other."""
        statement = StatementTerms.of(statement_profile(clause), self._table)
        compared = self._compared(statement, self._encoder([clause])[0], claims, library)
        said: NDArray[np.bool_] = self._model.probabilities(compared.features)["says"] >= _DENIED_CLAUSE_SAYS_FROM
        return said

    def _may_deny(
        self, passage: str, candidates: Candidates, odds: Mapping[str, NDArray[np.float64]], library: Library
    ) -> NDArray[np.bool_]:
        """Which claims the form of the passage lets it deny."""
        negations = library.columns.negations[candidates.claims].tolist()
        about_saying = (library.columns.marks[candidates.claims] & cues.SAYING != 0).tolist()
        allowed: NDArray[np.bool_] = np.array(
            [may_deny(passage, *claim) for claim in zip(negations, about_saying, strict=True)], dtype=bool
        )
        bounds = self._model.bounds
        in_question = allowed & np.any([odds[name] >= bounds[name] for name in ("denies", "contradicts")], axis=0)
        if in_question.any() and (parts := asserted_clauses(passage)):
            claims = library.vectors.rows(candidates.claims)
            said = [self._model.head(part, claims)[:, _SAID].sum(axis=1) for part in self._encoder(parts)]
            allowed &= np.max(said, axis=0) < _SAID_FROM
        if in_question.any() and (clause := denied_clause(passage)):
            allowed &= self._says(clause, candidates.claims, library)
        return allowed
