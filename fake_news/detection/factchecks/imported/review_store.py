"""Stored reviews: one row for each ruling with its latest review, and counts of what each import changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from fake_news.detection.factchecks.claim_columns import ClaimColumns
from fake_news.detection.factchecks.claim_profile import profile
from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.detection.factchecks.imported.schema import FACTS, TERMS, ruling_key

_MOST_WITHDRAWN = 0.2  # of a source's rulings: a feed that lost more is a broken feed
_ALWAYS_WITHDRAWN = 50


@dataclass
class ImportCounts:
    """How many reviews an import added, changed and removed.

    Attributes
    ----------
    added : new rulings
    changed : rulings of which a later review, or other words of the same day, replaced the earlier
    known : reviews without anything new
    withdrawn : rulings that their source no longer has, which were removed
    missing : the same, but kept, as there are too many to believe it
    """

    added: int = 0
    changed: int = 0
    known: int = 0
    withdrawn: int = 0
    missing: int = 0
    seen: set[int] = field(default_factory=set, repr=False)

    @property
    def changes_nothing(self) -> bool:
        """Whether the database is as it was before."""
        return not (self.added or self.changed or self.withdrawn)


def store(connection: sqlite3.Connection, claims: Iterable[RuledClaim], source: str) -> ImportCounts:
    """Add new rulings and replace what later reviews replace."""
    stored = ImportCounts()
    for claim in claims:
        _store_one(connection, claim, source, stored)
    return stored


def withdraw(
    connection: sqlite3.Connection, source: str, stored: ImportCounts, covers: Callable[[RuledClaim], bool]
) -> None:
    """Remove the rulings that a source no longer has.

    Parameters
    ----------
    covers : whether the source would still list a ruling if it had it
    """
    rows = connection.execute(f"SELECT id, text, headline, {FACTS} FROM fact_checks WHERE source = ?", (source,))
    gone, there = [], 0
    for number, text, headline, publisher, rating, *facts in rows:
        if covers(RuledClaim(text, headline, FactCheck(publisher, rating, None, *facts))):
            there += 1
            if number not in stored.seen:
                gone.append((number,))
    if not stored.seen or len(gone) > max(_ALWAYS_WITHDRAWN, _MOST_WITHDRAWN * there):
        stored.missing = len(gone)
        return
    connection.executemany("DELETE FROM fact_checks WHERE id = ?", gone)
    stored.withdrawn = len(gone)


def _store_one(connection: sqlite3.Connection, claim: RuledClaim, source: str, stored: ImportCounts) -> None:
    facts = claim.fact_check
    key = ruling_key(facts.url, claim.text)
    found = connection.execute(
        f"SELECT id, source, text, headline, {FACTS} FROM fact_checks WHERE ruling = ?", (key,)
    ).fetchone()
    if found is None:
        stored.added += 1
        stored.seen.add(connection.execute(_INSERT, (key, *_values(claim), source)).lastrowid or 0)
        return
    number, earlier_source, *earlier = found
    is_first = number not in stored.seen
    stored.seen.add(number)
    if _replaces(claim, earlier, may_correct=is_first and source == earlier_source):
        stored.changed += is_first
        stored.known += not is_first
        connection.execute(_UPDATE, (*_values(claim), source, claim.text, number))
        return
    stored.known += 1
    if facts.url.startswith("https://") and earlier[-1].startswith("http://"):
        connection.execute("UPDATE fact_checks SET url = ? WHERE id = ?", (facts.url, number))


def _replaces(claim: RuledClaim, earlier: list[str], *, may_correct: bool) -> bool:
    """Whether a review replaces an earlier one of the same ruling.

    A later one does. One of the same day does if it comes from the same source, unless it is the second in one feed:
    otherwise two that contradict each other would alternate at every update.
    """
    facts = claim.fact_check
    new = [
        claim.text,
        claim.headline,
        facts.publisher,
        facts.rating,
        facts.speaker,
        facts.claim_date,
        facts.review_date,
    ]
    if new == earlier[:-1] or facts.review_date < earlier[-2]:
        return False
    return facts.review_date > earlier[-2] or may_correct


_COLUMNS = f"text, headline, {FACTS}, {TERMS}, source".split(", ")
_INSERT = f"INSERT INTO fact_checks (ruling, {', '.join(_COLUMNS)}) VALUES (?{', ?' * len(_COLUMNS)})"
_UPDATE = (
    f"UPDATE fact_checks SET {', '.join(f'{name} = ?' for name in _COLUMNS)}, "
    "vector = CASE WHEN text = ? THEN vector END WHERE id = ?"
)


def _values(claim: RuledClaim) -> tuple[Any, ...]:
    facts = claim.fact_check
    columns = ClaimColumns.of([profile(claim.text, headline=claim.headline, speaker=facts.speaker)])
    return (
        claim.text,
        claim.headline,
        facts.publisher,
        facts.rating,
        facts.speaker,
        facts.claim_date,
        facts.review_date,
        facts.url,
        columns.terms.values.astype("<u4").tobytes(),
        columns.term_marks.tobytes(),
        columns.quantities.values.astype("<f8").tobytes(),
        columns.units.tobytes(),
        columns.directions.values.tobytes(),
        int(columns.negations[0]),
        int(columns.marks[0]),
    )
