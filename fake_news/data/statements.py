"""Statements that PolitiFact ruled on: LIAR and the PolitiFact archive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.data.folder import expect, read_table

SIX_WAY = {
    name: rank for rank, name in enumerate(["pants-fire", "false", "mostly-false", "half-true", "mostly-true", "true"])
}
"""The six-way ratings, from least to most true. The 3/3 mapping calls the last three true."""

LIAR_RATINGS = {**{name: name for name in SIX_WAY if name != "mostly-false"}, "barely-true": "mostly-false"}
"""LIAR's names of the ratings, and the names used here."""

LIAR_COLUMNS = """id label statement subjects speaker job state party barely_true_n false_n half_true_n mostly_true_n
    pants_fire_n context""".split()
"""The columns of LIAR's files, which have no header."""

_VIRAL = re.compile(
    r"facebook|instagram|tiktok|tweets?\b|x posts|twitter|threads|viral|blog|chain email|social media|youtube|e-?mail"
    r"|website|internet|web ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with PolitiFact's rating.

    ``date`` is ISO 8601, empty in LIAR; ``identifier`` is the id of a row of LIAR, else empty.
    """

    text: str
    rating: str
    speaker: str
    date: str = ""
    identifier: str = ""

    @property
    def is_true(self) -> bool:
        """The 3/3 mapping: true, mostly-true and half-true against the rest."""
        return SIX_WAY[self.rating] >= SIX_WAY["half-true"]

    @property
    def is_viral(self) -> bool:
        """Whether the "speaker" is a kind of post or site rather than a person or an organisation."""
        return bool(_VIRAL.search(self.speaker))


def load_liar(folder: Path, split: str) -> list[Statement]:
    """One split of LIAR (Wang 2017, "Liar, liar pants on fire"): ``train``, ``valid`` or ``test``. Research use only.

    Trap: read without quoting, else 45 rows are silently swallowed. The history counts contain the answer and are
    not returned.
    """
    path = folder / "liar" / f"{split}.tsv"
    rows = read_table(path, LIAR_COLUMNS, quoted=False, separator="\t", header=False)
    return [
        Statement(
            row["statement"],
            expect(row["label"], LIAR_RATINGS, path, line, "label"),
            row["speaker"],
            identifier=row["id"],
        )
        for line, row in rows
    ]


def load_politifact(folder: Path) -> list[Statement]:
    """The PolitiFact archive 2007 to 2022, oldest first. No licence stated: research use, never re-publish.

    Traps: it contains most of LIAR; after 2016 viral posts, nearly all false, grow to three quarters of it.
    """
    path = folder / "politifact" / "politifact_2007_2022.csv"
    ratings = {name: name for name in SIX_WAY}
    statements = []
    for line, row in read_table(path, ["statement", "verdict", "speaker", "date", "liar_id"], quoted=True):
        rating = expect(row["verdict"], ratings, path, line, "verdict")
        day = _iso_date(row["date"], path, line)
        statements.append(Statement(row["statement"], rating, row["speaker"], day, row["liar_id"]))
    return sorted(statements, key=lambda statement: statement.date)


def _iso_date(value: str, path: Path, line: int) -> str:
    if is_iso_day(value):
        return value
    raise DataError(f"{path}, line {line}: date is {value!r}, expected YYYY-MM-DD.", "Fix or remove the row.")


def is_iso_day(value: str) -> bool:
    """Whether a text is a day as YYYY-MM-DD; other ISO 8601 forms would not sort as text."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
