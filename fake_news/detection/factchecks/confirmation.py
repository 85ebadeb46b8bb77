"""Confirms what publishers' wordings decide by the core claims of the same rulings, where there are some.

A vector shows little of a long wording: "Hurricane Katrina hit New Orleans in 2005" is near "Obama was in office when
Katrina hit New Orleans". The ruling's core claims say what it is on in a few words, which the cross-encoder can read
together with the statement: if it says none of them, the ruling does not decide it.
"""

from __future__ import annotations

from fake_news.detection.factchecks.library import CoreSentences
from fake_news.detection.factchecks.match_result import REPEATED_FROM, Match, MatchResult
from fake_news.detection.factchecks.polarity import effects_differ
from fake_news.detection.factchecks.relation.head import OUTCOMES
from fake_news.detection.verdict import Relation

_CONFIRMED_FROM = 0.1
_CONFIRMING = {
    Relation.SAME_CLAIM: [OUTCOMES.index(name) for name in ("same", "more", "less")],
    Relation.OPPOSITE_CLAIM: [OUTCOMES.index(name) for name in ("opposite", "contrary")],
}
"""The outcomes of which one confirms that a statement says the claim, or denies it."""


def confirm(passage: str, result: MatchResult, core: CoreSentences) -> MatchResult:
    """Let rulings decide nothing where the passage neither says nor denies any of their core claims."""
    return result._replace(
        matches=[match if _is_confirmed(passage, match, core) else match.as_related() for match in result.matches]
    )


def _is_confirmed(passage: str, match: Match, core: CoreSentences) -> bool:
    rows = core.of_ruling.get(match.fact_check.url, ())
    if match.meaning.label is None or match.title is not None or match.cosine >= REPEATED_FROM:
        return True
    if not rows or core.compare is None or match.meaning.relation not in _CONFIRMING:
        return True
    sentences = [core.sentences[row] for row in rows if not effects_differ(passage, core.sentences[row])]
    if not sentences:
        return False
    odds = core.compare([(passage, sentence) for sentence in sentences])
    return bool(odds[:, _CONFIRMING[match.meaning.relation]].sum(axis=1).max() >= _CONFIRMED_FROM)
