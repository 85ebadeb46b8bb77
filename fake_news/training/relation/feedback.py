"""Fact-checks that readers say are about something else than a statement, as rows for the forests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from fake_news.data.fact_check_addresses import canonical_address
from fake_news.training.relation.pair_rows import NOTHING, PairFinder, PairRows

_OTHER_CLAIM = "other-claim"
_KIND = "feedback"


class WrongLink(NamedTuple):
    """A statement, and the address of a ruling that was shown with it and is about something else."""

    statement: str
    url: str


def wrong_links(records: Iterable[Mapping[str, Any]]) -> Iterator[WrongLink]:
    """Those of some records of feedback, as they are stored or exported, each once."""
    seen = set()
    for record in records:
        if record.get("correction") != _OTHER_CLAIM:
            continue
        about = record.get("fact_check")
        url = about.get("url") if isinstance(about, Mapping) else record.get("fact_check_url")
        statement = record.get("statement")
        if isinstance(url, str) and isinstance(statement, str) and url and statement.strip():
            link = WrongLink(statement, url)
            if link not in seen:
                seen.add(link)
                yield link


def add_wrong_links(
    rows: PairRows, finder: PairFinder, claims: Mapping[str, list[int]], links: Sequence[WrongLink]
) -> int:
    """Add pairs that readers call wrong, answered with no to every question; how many could be found.

    Of other fact-checks they said nothing. No bound rests on these rows: what readers send is no sample.

    Parameters
    ----------
    claims : the rows of the claims by the address of their ruling
    """
    known = [(link.statement, found) for link in links if (found := claims.get(canonical_address(link.url)))]
    texts, own = [text for text, _ in known], [rulings for _, rulings in known]
    groups = [f"{_KIND} {text[:40]}" for text in texts]
    finder.add(rows, texts, own, [NOTHING] * len(known), [_KIND] * len(known), groups, only_own=True)
    return len(known)
