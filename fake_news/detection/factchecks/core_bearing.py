"""What core claims say of a passage."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.detection.factchecks.bearing import REPEATED_FROM, Bearing, Match, settled
from fake_news.detection.factchecks.candidates import Candidates
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.relation import cues
from fake_news.detection.factchecks.relation.continuation import comes_to, says_and_goes_on
from fake_news.detection.factchecks.relation.denial import asserted_clauses, may_deny, negates
from fake_news.detection.factchecks.relation.meaning import meaning_of, opposite_of
from fake_news.detection.factchecks.roles import roles_exchanged

_NOT_ASKED, _NEVER = (dict.fromkeys(("denies", "contradicts"), chance) for chance in (0.0, 2.0))
"""Who denies a core claim may say a third thing, or the opposite of an opposite; most have opposites of their own."""


def core_bearing(
    passage: str,
    candidates: Candidates,
    odds: Mapping[str, FloatArray],
    library: Library,
) -> Bearing:
    """What the core claims near a passage say of it.

    Parameters
    ----------
    odds : that the passage says each, and that it follows from it, (claims,)
    """
    core = library.core
    if core is None or core.pairs is None or not len(candidates.claims):
        return Bearing([], None)
    opposites = core.is_opposite[candidates.claims].tolist()
    cosine = candidates.cosine
    in_question = np.max([odds[question] >= bound for question, bound in core.pairs.bounds.items()], axis=0)
    exchanged = np.array(
        [
            bool(asked) and roles_exchanged(passage, core.sentences[claim])
            for asked, claim in zip(in_question, candidates.claims.tolist(), strict=True)
        ]
    )
    # "Not born here, born there" has the words of "born here, not there"; "no doubt that" those of "no proof that".
    turns = bool(asserted_clauses(passage)) or (negates(passage) and not may_deny(passage))
    barred = exchanged | cues.is_wish(passage) | (turns & (cosine < REPEATED_FROM))
    repeated = set(core.repeated_in(passage)) if not cues.is_wish(passage) else ()
    is_part = [claim in repeated and _is_part(passage, core.sentences[claim]) for claim in candidates.claims.tolist()]
    chances = {
        "says": np.where(is_part, core.pairs.bounds["says"], np.where(barred, 0.0, odds["says"])),
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
        meaning = meaning.turned() if opposites[row] else meaning
        if meaning.label is not None:
            matches.append(Match(claim, fact_check, meaning, float(cosine[row]), "", core.titles[claim]))
    return Bearing(settled(matches), None)


def _is_part(passage: str, sentence: str) -> bool:
    return says_and_goes_on(passage, sentence) or comes_to(passage, sentence)
