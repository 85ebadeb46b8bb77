"""Core claims: what rulings come down to, in plain sentences written for the project, and which rulings they match.

Publishers quote a claim as they found it: "a video proves that …", "the agency announced that …". People type its core.
Each core claim names the ruling whose rating applies to it, or, for an opposite, the ruling on its contrary; it is
compared with a statement just as the publishers' wordings are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import FloatArray, IntArray
from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.claim_profile import profile
from fake_news.detection.factchecks.fact_check import Rulings
from fake_news.detection.factchecks.library import Candidates, CoreSentences, Library
from fake_news.detection.factchecks.match_result import REPEATED_FROM, Match, MatchResult, resolve_conflicts
from fake_news.detection.factchecks.polarity import roles_exchanged
from fake_news.detection.factchecks.relation import cues
from fake_news.detection.factchecks.relation.clauses import (
    asserted_clauses,
    begins_with_claim,
    ends_with_claim,
    may_deny,
    negates,
)
from fake_news.detection.factchecks.relation.core_pairs import CorePairModel
from fake_news.detection.factchecks.relation.features import FEATURES
from fake_news.detection.factchecks.relation.meaning import meaning_of, opposite_of
from fake_news.detection.factchecks.terms import TermTable
from fake_news.detection.verdict import Label

_MODEL = "pairs."
_NOT_ASKED, _NEVER = (dict.fromkeys(("denies", "contradicts"), chance) for chance in (0.0, 2.0))
"""Denials are not used: who denies a core claim may say a third thing, and most opposites are in the index."""
_COVERED = [FEATURES.index(name) for name in ("statement_covered", "claim_covered")]
_ALL_WORDS, _SAME_WORDS = 0.999, 0.75
"""Shares of words, weighed by rarity: those of the passage that a core claim has, and the reverse."""
_RELATED_FROM = 0.7
"""Cosine from which the ruling of a core claim that decides nothing is shown as related."""


@dataclass(frozen=True)
class CoreClaims:
    """Plain sentences and the rulings that decide them.

    Attributes
    ----------
    columns, rulings : those of each sentence, in the same order
    vectors : (sentences, width) int8
    sentences : as written for the project
    is_opposite : (sentences,) whether the sentence is the opposite of what its ruling is on
    model : decides which of them a statement says
    """

    columns: ClaimColumns
    rulings: Rulings
    vectors: NDArray[np.int8]
    sentences: Sequence[str]
    is_opposite: NDArray[np.bool_]
    model: CorePairModel | None = None

    def library(self, table: TermTable) -> Library:
        """Make the sentences ready to be searched."""
        core = CoreSentences(self.sentences, self._titles(), self.truth, self.is_opposite, self.model)
        return Library.of(self.columns, self.vectors, self.rulings, table, core=core)

    def _titles(self) -> list[str]:
        """Find what each ruling is on: the sentence itself, or, for an opposite, the first sentence that is not one."""
        first: dict[str, str] = {}
        for url, sentence, is_opposite in zip(self.rulings.urls, self.sentences, self.is_opposite, strict=True):
            if not is_opposite:
                first.setdefault(url, sentence)
        return [
            first.get(url, "") if is_opposite else sentence
            for url, sentence, is_opposite in zip(self.rulings.urls, self.sentences, self.is_opposite, strict=True)
        ]

    @property
    def truth(self) -> IntArray:
        """1 for each sentence that is true by its ruling, 0 for one that is false, shape (sentences,)."""
        is_true = np.array([label is Label.TRUE for label in self.labels], dtype=bool)
        truth: IntArray = (is_true != self.is_opposite).astype(np.int64)
        return truth

    @property
    def labels(self) -> list[Label]:
        """The label of each sentence's ruling."""
        return [label for row in range(len(self.rulings)) if (label := self.rulings[row].label)]

    def without(self, sentences: frozenset[str]) -> CoreClaims:
        """Leave out some core claims, to measure how statements of these are judged when the index lacks them."""
        kept = [row for row, sentence in enumerate(self.sentences) if sentence not in sentences]
        return CoreClaims(
            ClaimColumns.of([profile(self.sentences[row]) for row in kept]),
            Rulings.of([self.rulings[row] for row in kept]),
            self.vectors[kept],
            [self.sentences[row] for row in kept],
            self.is_opposite[kept],
            self.model,
        )

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the sentences and rulings by name, for a file."""
        return {
            **self.columns.as_arrays(),
            **self.rulings.as_arrays(),
            "vectors": self.vectors,
            "sentences": np.array(self.sentences, dtype=np.str_),
            "is_opposite": self.is_opposite,
            **{f"{_MODEL}{name}": array for name, array in (self.model.as_arrays() if self.model else {}).items()},
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> CoreClaims:
        """Read what :meth:`as_arrays` wrote.

        Raises
        ------
        KeyError, ValueError
            If something is missing, or not of the same length as the rest.
        """
        columns, sentences = ClaimColumns.from_arrays(arrays), arrays["sentences"].tolist()
        if not len(columns) == len(sentences) == len(arrays["vectors"]) == len(arrays["is_opposite"]):
            raise ValueError("the core claims' arrays are of different lengths")
        pairs = {name.removeprefix(_MODEL): array for name, array in arrays.items() if name.startswith(_MODEL)}
        model = CorePairModel.from_arrays(pairs) if pairs else None
        return cls(columns, Rulings.from_arrays(arrays), arrays["vectors"], sentences, arrays["is_opposite"], model)


def match_core_claims(
    passage: str,
    candidates: Candidates,
    odds: Mapping[str, FloatArray],
    library: Library,
) -> MatchResult:
    """Match a passage with the core claims near it.

    Parameters
    ----------
    odds : probabilities that the passage says each claim, and that it follows from it, (claims,)
    """
    core = library.core
    if core is None or core.pairs is None or not len(candidates.claims):
        return MatchResult([], None)
    opposites = core.is_opposite[candidates.claims].tolist()
    cosine = candidates.cosine
    in_question = np.max([odds[question] >= bound for question, bound in core.pairs.bounds.items()], axis=0)
    exchanged = np.array(
        [
            bool(asked) and roles_exchanged(passage, core.sentences[claim])
            for asked, claim in zip(in_question, candidates.claims.tolist(), strict=True)
        ]
    )
    # "Not born here, born there" has the words of "born here, not there", and "no doubt that" is like "no proof that".
    turns = bool(asserted_clauses(passage)) or (negates(passage) and not may_deny(passage))
    barred = exchanged | cues.is_wish(passage) | (turns & (cosine < REPEATED_FROM))
    does_not_say = barred | _says_less(candidates)
    repeated = set(core.repeated_rows(passage)) if not cues.is_wish(passage) else ()
    is_part = [claim in repeated and _is_part(passage, core.sentences[claim]) for claim in candidates.claims.tolist()]
    chances = {
        "says": np.where(is_part, core.pairs.bounds["says"], np.where(does_not_say, 0.0, odds["says"])),
        "follows": np.where(barred | cues.adds_a_clause(passage), 0.0, odds["follows"]),
    }
    is_about_saying = cues.cues_of(passage, ()) & cues.SAYING != 0
    matches = []
    for row, claim in enumerate(candidates.claims.tolist()):
        fact_check = library.rulings[claim]
        label = opposite_of(fact_check.label) if opposites[row] else fact_check.label
        decides = is_about_saying or not library.columns.marks[claim] & cues.SAYING
        meaning = meaning_of(
            label if decides else None,
            {**_NOT_ASKED, **{question: float(of_rows[row]) for question, of_rows in chances.items()}},
            {**_NEVER, **core.pairs.bounds},
        )
        meaning = meaning.for_opposite() if opposites[row] else meaning
        if meaning.label is not None or cosine[row] >= _RELATED_FROM:
            matches.append(Match(claim, fact_check, meaning, float(cosine[row]), "", core.titles[claim]))
    return MatchResult(resolve_conflicts(matches), None)


def _says_less(candidates: Candidates) -> NDArray[np.bool_]:
    """Find the core claims that have all words of the passage and others beside: it says less, not the same.

    "Millions died of COVID" is true, and all its words are in "Millions died of the COVID shots".
    """
    covered, claim_covered = (candidates.features[:, place] for place in _COVERED)
    says_less: NDArray[np.bool_] = (covered > _ALL_WORDS) & (claim_covered < _SAME_WORDS)
    return says_less


def _is_part(passage: str, sentence: str) -> bool:
    return begins_with_claim(passage, sentence) or ends_with_claim(passage, sentence)
