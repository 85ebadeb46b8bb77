"""Evidence: which rulings the card shows for a statement, and which label they give together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from fake_news.detection.factchecks.addresses import has_one_claim, links_to, page_key, title_of_address
from fake_news.detection.factchecks.match_result import Match
from fake_news.detection.factchecks.relation.meaning import opposite_of
from fake_news.detection.verdict import Evidence, Label, Relation

_MOST_DECIDING = 6
MOST_RELATED = 3


def evidence_of(matches: Sequence[Match]) -> tuple[Evidence, ...]:
    """Turn matches into evidence: first the rulings that decide, by date, then related ones, the nearest first."""
    return tuple(as_evidence(match) for match in select_matches(matches, MOST_RELATED))


def select_matches(matches: Sequence[Match], most_related: int) -> list[Match]:
    """Select the matches that decide, and the nearest others, in the order in which the card shows them."""
    matches = _without_copies(_each_ruling_once(matches))
    deciding = [match for match in matches if match.meaning.label is not None][:_MOST_DECIDING]
    related = sorted(
        (match for match in matches if match.meaning.label is None), key=lambda match: -match.meaning.probability
    )
    deciding.sort(key=lambda match: match.fact_check.date, reverse=True)
    return [*deciding, *related[:most_related]]


def similar_evidence(matches: Sequence[Match]) -> tuple[Evidence, ...]:
    """Turn rulings that together make a verdict likely into evidence, each once, in the order given."""
    return tuple(as_evidence(match) for match in _without_copies(matches))


def decisive_label(found: Sequence[Evidence]) -> Label | None:
    """Find the label that rulings give together: mixed where they disagree, ``None`` where none decides."""
    labels = {label for item in found if (label := label_from(item))}
    if len(labels) > 1:
        return Label.MIXED
    return labels.pop() if labels else None


def label_from(item: Evidence) -> Label | None:
    """Find the label that a ruling gives the statement it is shown with.

    >>> label_from(Evidence(Relation.OPPOSITE_CLAIM, "A Paper", "False", Label.FALSE, "", "", "", 0.9)).value
    'true'
    """
    if item.relation is Relation.SAME_CLAIM:
        return item.label
    return opposite_of(item.label) if item.relation is Relation.OPPOSITE_CLAIM else None


def as_evidence(match: Match) -> Evidence:
    """Describe a match as the card shows it."""
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
        match.title or title_of_address(facts.url),
        links_to(facts.url),
    )


def _each_ruling_once(matches: Sequence[Match]) -> list[Match]:
    """Keep one match of each ruling that was found by a core claim and otherwise as well, or by several core claims.

    Those that decide come first, and those of core claims, whose words can be shown. Two that decide differently are
    both kept: an address may stand for several claims.
    """
    by_core = {match.fact_check.url for match in matches if match.title is not None}
    kept: list[Match] = []
    said: dict[str, set[Label | None]] = defaultdict(set)
    for match in sorted(matches, key=lambda match: (match.meaning.label is None, match.title is None)):
        url, label = match.fact_check.url, match.meaning.label
        if url not in by_core or (label not in said[url] and (label is not None or not said[url])):
            kept.append(match)
        said[url].add(label)
    return kept


def _without_copies(matches: Sequence[Match]) -> list[Match]:
    """Keep one copy of a ruling that is both shipped and imported: the imported one, which has the claim's text.

    Where only the shipped copy decides, it is kept instead. Among the shipped ones, the address of a speaker's page
    stands for many rulings.
    """
    if not any(match.text for match in matches):
        return list(matches)
    imported: dict[str, list[Match]] = defaultdict(list)
    shipped: dict[str, list[Match]] = defaultdict(list)
    addressed = list(zip(_addresses(matches), matches, strict=True))
    for address, match in addressed:
        (imported if match.text else shipped)[address].append(match)
    instead = {
        address for address in imported if any(_decides_alone(copy, imported[address]) for copy in shipped[address])
    }
    kept = []
    for address, match in addressed:
        if address not in imported:
            kept.append(match)
        elif bool(match.text) is not (address in instead):
            is_same_claim = not match.text and has_one_claim(address)
            kept.append(replace(match, text=imported[address][0].text) if is_same_claim else match)
    return kept


def _addresses(matches: Sequence[Match]) -> list[str]:
    """Find the key of the page of each ruling.

    A shipped ruling of which only the speaker's page is known takes the key of an imported one of the same publisher,
    day and rating: both are near the same statement.
    """
    found = [page_key(match.fact_check.url) for match in matches]
    imported = {_facts(match): address for match, address in zip(matches, found, strict=True) if match.text}
    return [
        address if match.text or match.fact_check.has_own_address else imported.get(_facts(match), address)
        for match, address in zip(matches, found, strict=True)
    ]


def _facts(match: Match) -> tuple[str, str, str]:
    return match.fact_check.publisher, match.fact_check.review_date, match.fact_check.rating.rstrip("!").lower()


def _decides_alone(copy: Match, imported: Sequence[Match]) -> bool:
    """Whether a shipped ruling decides, and no imported one at its address does or is a later, different verdict."""
    return copy.meaning.label is not None and not any(
        match.meaning.label is not None
        or (match.fact_check.label is not copy.fact_check.label and match.fact_check.date > copy.fact_check.date)
        for match in imported
    )
