"""Deciding: what several rulings say of a statement together, and which of them the card shows."""

from __future__ import annotations

from collections.abc import Sequence

from fake_news.detection.factchecks.matcher import Match
from fake_news.detection.factchecks.title import links_to, title_of_address
from fake_news.verdict import Evidence, Label, Relation

_MOST_DECIDING = 6
_MOST_RELATED = 3


def evidence(matches: Sequence[Match]) -> tuple[Evidence, ...]:
    """What is shown of the matches: the rulings that decide, the newest first, then related ones, the nearest first."""
    matches = _without_copies(matches)
    deciding = [match for match in matches if match.meaning.label is not None][:_MOST_DECIDING]
    related = sorted(
        (match for match in matches if match.meaning.label is None), key=lambda match: -match.meaning.probability
    )
    deciding.sort(key=lambda match: match.fact_check.date, reverse=True)
    return tuple(_shown(match) for match in [*deciding, *related[:_MOST_RELATED]])


def decided(found: Sequence[Evidence]) -> Label | None:
    """What the rulings say together: mixed where they disagree, ``None`` where none decides."""
    labels = {label for item in found if (label := label_from(item))}
    if len(labels) > 1:
        return Label.MIXED
    return labels.pop() if labels else None


def label_from(item: Evidence) -> Label | None:
    """What a ruling makes of the statement it is shown with.

    >>> label_from(Evidence(Relation.OPPOSITE_CLAIM, "A Paper", "False", Label.FALSE, "", "", "", 0.9)).value
    'true'
    """
    if item.relation is Relation.SAME_CLAIM:
        return item.label
    if item.relation is Relation.OPPOSITE_CLAIM:
        return {Label.FALSE: Label.TRUE, Label.TRUE: Label.FALSE}.get(item.label) if item.label else None
    return None


def _shown(match: Match) -> Evidence:
    facts = match.fact_check
    return Evidence(
        match.meaning.relation,
        facts.publisher,
        facts.rating,
        facts.label,
        facts.speaker,
        facts.date,
        facts.url,
        round(min(max(match.meaning.probability, 0.0), 1.0), 4),
        match.text,
        title_of_address(facts.url),
        links_to(facts.url),
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
    return match.meaning.label is not None, bool(match.text)
