"""Matches passages with core claims: which of them decide, which are related, and which labels they speak against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fake_news.common.arrays import Float32Array, FloatArray, IntArray
from fake_news.detection.factchecks.library import Candidates, CoreSentences, Library, split_by_passage
from fake_news.detection.factchecks.match_result import REPEATED_FROM, Match, MatchResult, resolve_conflicts
from fake_news.detection.factchecks.polarity import effects_differ, roles_exchanged
from fake_news.detection.factchecks.relation import cues
from fake_news.detection.factchecks.relation.clauses import (
    asserted_clauses,
    begins_with_claim,
    ends_with_claim,
    may_deny,
    negates,
)
from fake_news.detection.factchecks.relation.core_pairs import CorePairModel, Sides
from fake_news.detection.factchecks.relation.features import FEATURES
from fake_news.detection.factchecks.relation.meaning import meaning_of, opposite_of
from fake_news.detection.verdict import Label

_NOT_ASKED, _NEVER = (dict.fromkeys(("denies", "contradicts"), chance) for chance in (0.0, 2.0))
"""Denials are not used: who denies a core claim may say a third thing, and most opposites are in the index."""
_COVERED = [FEATURES.index(name) for name in ("statement_covered", "claim_covered")]
_OPPOSITE = {Label.FALSE: Label.TRUE, Label.TRUE: Label.FALSE}
_SUPPORTS_FROM, _CONTRADICTS_FROM = 0.3, 0.5
"""Probability from which a core claim allows what similar rulings make likely, and rules out the other label."""
_ALL_WORDS, _SAME_WORDS = 0.999, 0.75
"""Shares of words, weighed by rarity: those of the passage that a core claim has, and the reverse."""
_RELATED_FROM = 0.7
"""Cosine from which the ruling of a core claim that decides nothing is shown as related."""


def match_with_core_claims(
    passages: Sequence[str],
    found: Sequence[Candidates],
    features: Float32Array,
    odds: Mapping[str, FloatArray],
    library: Library,
) -> list[MatchResult]:
    """Match each of some passages with the core claims near it.

    Parameters
    ----------
    found : the core claims near each passage
    features, odds : of all pairs; the odds are the relation model's
    """
    core = library.core
    if core is None or core.pairs is None or core.compare is None:
        return [MatchResult([], None)] * len(passages)
    claims = np.concatenate([candidates.claims for candidates in found])
    passage_of = np.repeat(np.arange(len(found)), [len(candidates.claims) for candidates in found])
    outcomes = core.compare(
        [
            (passages[passage], core.sentences[claim])
            for passage, claim in zip(passage_of.tolist(), claims.tolist(), strict=True)
        ]
    )
    said = core.pairs.probabilities(features, odds, outcomes, Sides(passage_of, core.truth[claims]))
    # No nearby claims from here: the model of similar rulings learned from the publishers' wordings alone.
    return [
        _match(passage, candidates, of_pairs, library, core, core.pairs)
        for passage, candidates, of_pairs in zip(passages, found, split_by_passage(said, found), strict=True)
    ]


def _match(
    passage: str,
    candidates: Candidates,
    odds: Mapping[str, FloatArray],
    library: Library,
    core: CoreSentences,
    model: CorePairModel,
) -> MatchResult:
    """Match a passage with the core claims near it.

    Parameters
    ----------
    odds : probabilities that the passage says each claim, and that it follows from it, (claims,)
    """
    if not len(candidates.claims):
        return MatchResult([], None)
    opposites = core.is_opposite[candidates.claims].tolist()
    cosine = candidates.cosine
    in_question = np.max([odds[question] >= bound for question, bound in model.bounds.items()], axis=0)
    exchanged = np.array(
        [
            bool(asked) and _is_reversed(passage, core.sentences[claim])
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
        "says": np.where(is_part, model.bounds["says"], np.where(does_not_say, 0.0, odds["says"])),
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
            {**_NEVER, **model.bounds},
        )
        meaning = meaning.for_opposite() if opposites[row] else meaning
        if meaning.label is not None or cosine[row] >= _RELATED_FROM:
            matches.append(Match(claim, fact_check, meaning, float(cosine[row]), "", core.titles[claim]))
    support = _support(chances, core.truth[candidates.claims])
    return MatchResult(
        resolve_conflicts(matches),
        None,
        frozenset(other for label, other in _OPPOSITE.items() if support[label] >= _CONTRADICTS_FROM),
        frozenset(label for label in _OPPOSITE if support[label] < _SUPPORTS_FROM),
    )


def _support(chances: Mapping[str, FloatArray], truth: IntArray) -> dict[Label, float]:
    """Find how probably the passage says a false core claim, and how probably it says a true one or follows from it."""
    says, either = chances["says"], np.maximum(chances["says"], chances["follows"])
    return {
        Label.FALSE: float(says[truth == 0].max(initial=0.0)),
        Label.TRUE: float(either[truth == 1].max(initial=0.0)),
    }


def _says_less(candidates: Candidates) -> NDArray[np.bool_]:
    """Find the core claims that have all words of the passage and others beside: it says less, not the same.

    "Millions died of COVID" is true, and all its words are in "Millions died of the COVID shots".
    """
    covered, claim_covered = (candidates.features[:, place] for place in _COVERED)
    says_less: NDArray[np.bool_] = (covered > _ALL_WORDS) & (claim_covered < _SAME_WORDS)
    return says_less


def _is_part(passage: str, sentence: str) -> bool:
    return begins_with_claim(passage, sentence) or ends_with_claim(passage, sentence)


def _is_reversed(passage: str, sentence: str) -> bool:
    return roles_exchanged(passage, sentence) or effects_differ(passage, sentence)
