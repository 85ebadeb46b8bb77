"""Rulings collected from imported fact-checks: claims with their ratings, for training on recent data."""

from __future__ import annotations

import csv
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.common.files import replacing
from fake_news.common.sqlite import open_to_read
from fake_news.data.folder import expect, read_table
from fake_news.data.statements import SIX_WAY, Statement, is_iso_day
from fake_news.detection.factchecks.ratings import label_of_rating
from fake_news.detection.verdict import Label

RULINGS = "rulings"
"""The set's folder in the data folder."""
_FILE = "rulings.csv"
_COLUMNS = ("statement", "rating", "speaker", "date", "publisher", "url")
_RATING_OF: Mapping[Label, str] = {Label.FALSE: "false", Label.MIXED: "half-true", Label.TRUE: "true"}
_QUERY = "SELECT text, rating, speaker, coalesce(nullif(claim_date, ''), review_date), publisher, url FROM fact_checks"


@dataclass
class CollectedRulings:
    """What was written, and counts of what was left out, by reason."""

    path: Path
    publishers: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    first: str = ""
    last: str = ""


def load_rulings(folder: Path) -> list[Statement]:
    """Load the collected rulings, oldest first.

    Raises
    ------
    DataError
        If the file is missing or a row malformed; the message names file and line.
    """
    path = folder / RULINGS / _FILE
    ratings = {name: name for name in SIX_WAY}
    statements = []
    for line, row in read_table(path, ["statement", "rating", "speaker", "date"], quoted=True):
        rating = expect(row["rating"], ratings, path, line, "rating")
        if not is_iso_day(row["date"]):
            raise DataError(f"{path}, line {line}: date is {row['date']!r}, expected YYYY-MM-DD.", "Correct the row.")
        statements.append(Statement(row["statement"], rating, row["speaker"], row["date"]))
    return sorted(statements, key=lambda statement: statement.date)


def collect(database: Path, folder: Path, since: str = "") -> CollectedRulings:
    """Write the rulings of a database of imported fact-checks into the data folder, replacing earlier ones.

    Parameters
    ----------
    database : the SQLite file that `factchecks update` and `factchecks import` fill
    since : the first day to include, ISO 8601

    Raises
    ------
    DataError
        If there is no such database, or it holds no ruling that can be learned from.
    """
    found = CollectedRulings(folder / RULINGS / _FILE)
    rows = list(_learnable(_read(database), since, found))
    if not rows:
        raise DataError(
            f"{database} holds no ruling to learn from.", "Fetch some: `python -m fake_news factchecks update`."
        )
    rows.sort(key=lambda row: row[3])
    found.first, found.last = rows[0][3], rows[-1][3]
    found.path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(found.path) as draft, draft.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(_COLUMNS)
        table.writerows(rows)
    return found


def _read(database: Path) -> list[tuple[str, ...]]:
    if not database.is_file():
        raise DataError(
            f"There are no imported fact-checks at {database}.",
            "Fetch some: `python -m fake_news factchecks update`, or name their folder with --data-folder.",
        )
    try:
        with closing(open_to_read(database)) as connection:
            return connection.execute(_QUERY).fetchall()
    except sqlite3.Error as error:
        raise DataError(f"{database} cannot be read ({error}).", "Is it the right file?") from error


def _learnable(rows: list[tuple[str, ...]], since: str, found: CollectedRulings) -> Iterator[tuple[str, ...]]:
    for text, rating, speaker, day, publisher, url in rows:
        own = rating.strip().lower().replace(" ", "-")
        label = label_of_rating(rating)
        if own not in SIX_WAY and label is None:
            found.left_out["the rating is neither true, mixed nor false"] += 1
        elif not is_iso_day(day):
            found.left_out["no date"] += 1
        elif day < since:
            found.left_out[f"before {since}"] += 1
        else:
            found.publishers[publisher] += 1
            yield text, own if own in SIX_WAY else _RATING_OF[label or Label.MIXED], speaker, day, publisher, url
