"""The matcher: from a statement to the published fact-checks on it.

statement ──► profile ──► candidates by terms and meaning ──► pair model ──► same-claim, related or nothing
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fake_news.detection.factchecks.title import links_to, title_of_address
from fake_news.factchecks.candidates import CandidateIndex
from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.fact_check import FactCheck
from fake_news.factchecks.pair_features import pair_features
from fake_news.factchecks.pair_model import PairModel
from fake_news.factchecks.profile import statement_profile
from fake_news.factchecks.rulings import Rulings
from fake_news.factchecks.statement import Statement
from fake_news.factchecks.term_table import TermTable
from fake_news.text.tokens import Token
from fake_news.verdict import Evidence, Label, Relation

CANDIDATES = 10
_MOST_SAME = 6
_MOST_RELATED = 3


@dataclass(frozen=True)
class Library:
    """Fact-checks that are searched together: the shipped ones, or a reader's own."""

    columns: ClaimColumns
    index: CandidateIndex
    rulings: Rulings
    texts: Sequence[str] = ()

    def text(self, claim: int) -> str:
        """A claim in the fact-check's words, where they are kept."""
        return self.texts[claim] if self.texts else ""

    @property
    def newest(self) -> str | None:
        """The day of the newest ruling."""
        return self.rulings.newest

    @classmethod
    def of(cls, columns: ClaimColumns, rulings: Rulings, table: TermTable, texts: Sequence[str] = ()) -> Library:
        """A library of claims, the rulings on them, and their texts where these may be kept, in the same order."""
        return cls(columns, CandidateIndex(columns, table), rulings, texts)


@dataclass(frozen=True, slots=True)
class Match:
    """A fact-check found for a statement.

    Attributes
    ----------
    claim : its row in its library
    probability : that of both being the same claim
    """

    claim: int
    fact_check: FactCheck
    relation: Relation
    probability: float
    text: str


class Found(NamedTuple):
    """A fact-check that somebody looked for, and its claim where the text is kept."""

    fact_check: FactCheck
    claim: str


class Matcher:
    """Finds fact-checks.

    Parameters
    ----------
    table : TermTable
    model : PairModel
    libraries : sequence of Library
    """

    def __init__(self, table: TermTable, model: PairModel, libraries: Sequence[Library]) -> None:
        self._table = table
        self._model = model
        self._libraries = libraries

    def match(self, text: str, tokens: Sequence[Token] | None = None) -> list[Match]:
        """The fact-checks on a statement, best first; offsets of its tokens are those of ``text``."""
        statement = Statement.of(statement_profile(text, tokens), self._table)
        if len(statement.hashes) < self._model.fewest_terms:
            return []
        matches = [match for library in self._libraries for match in self._matches(library, statement)]
        return sorted(matches, key=lambda match: -match.probability)

    def search(self, text: str, most: int) -> list[Found]:
        """Fact-checks that share terms with a text, best first, for a person who looks for them."""
        statement = Statement.of(statement_profile(text), self._table)
        found = [
            (float(score), Found(library.rulings[int(claim)], library.text(int(claim))))
            for library in self._libraries
            for claim, score in zip(*library.index.by_terms(statement, most), strict=True)
        ]
        return [one for _, one in sorted(found, key=lambda item: -item[0])][:most]

    def _matches(self, library: Library, statement: Statement) -> list[Match]:
        claims, bm25 = library.index.candidates(
            statement, CANDIDATES, self._model.least_bm25_share, self._model.fewest_terms
        )
        if not len(claims):
            return []
        features = pair_features(statement, claims, bm25, library.columns, self._table)
        probability = self._model.probabilities(features)
        barred = self._model.barred(features)
        return [
            Match(
                int(claims[i]),
                library.rulings[int(claims[i])],
                Relation.SAME_CLAIM
                if probability[i] >= self._model.same_claim_from and not barred[i]
                else Relation.RELATED,
                float(probability[i]),
                library.text(int(claims[i])),
            )
            for i in np.flatnonzero(probability >= self._model.related_from)
        ]


def evidence(matches: Sequence[Match]) -> tuple[Evidence, ...]:
    """What is shown of the matches: rulings on the same claim, the newest first, then related ones, the best first."""
    matches = _without_copies(matches)
    same = [match for match in matches if match.relation is Relation.SAME_CLAIM and match.fact_check.label]
    related = [match for match in matches if match not in same]
    same = sorted(same[:_MOST_SAME], key=lambda match: match.fact_check.date, reverse=True)
    return tuple(
        Evidence(
            relation,
            match.fact_check.publisher,
            match.fact_check.rating,
            match.fact_check.label,
            match.fact_check.speaker,
            match.fact_check.date,
            match.fact_check.url,
            round(match.probability, 4),
            match.text,
            title_of_address(match.fact_check.url),
            links_to(match.fact_check.url),
        )
        for relation, part in ((Relation.SAME_CLAIM, same), (Relation.RELATED, related[:_MOST_RELATED]))
        for match in part
    )


def _without_copies(matches: Sequence[Match]) -> list[Match]:
    """Without the shipped copies of what the reader imported, or the reverse where only the copy decides.

    Among the shipped, one address may stand for many rulings: that of a speaker's page.
    """
    imported = {match.fact_check.url for match in matches if match.text}
    kept: dict[str, Match] = {}
    for match in matches:
        url = match.fact_check.url
        if url in imported and (url not in kept or _worth(match) > _worth(kept[url])):
            kept[url] = match
    return [match for match in matches if kept.get(match.fact_check.url, match) is match]


def _worth(match: Match) -> tuple[bool, bool]:
    """What of two matches with one address is shown: the one that decides, else the reader's own."""
    return match.relation is Relation.SAME_CLAIM and match.fact_check.label is not None, bool(match.text)


def ruled(found: Sequence[Evidence]) -> Label | None:
    """What the rulings on the same claim say together: mixed where they disagree, ``None`` where there are none."""
    labels = {item.label for item in found if item.relation is Relation.SAME_CLAIM and item.label}
    if len(labels) > 1:
        return Label.MIXED
    return labels.pop() if labels else None
