"""The tables of the database of imported fact-checks, their migration, and the key that identifies a ruling."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fake_news.detection.factchecks.addresses import has_one_claim, page_key
from fake_news.detection.factchecks.claim_columns import ClaimColumns, Column
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError
from fake_news.detection.text.tokens import tokenize

VERSION = 2
FACTS = "publisher, rating, speaker, claim_date, review_date, url"
TERMS = "terms, term_marks, quantities, units, directions, negations, marks"
_TABLE = """
CREATE TABLE fact_checks (
    id INTEGER PRIMARY KEY,
    ruling BLOB NOT NULL UNIQUE,
    text TEXT NOT NULL, headline TEXT NOT NULL,
    publisher TEXT NOT NULL, rating TEXT NOT NULL, speaker TEXT NOT NULL,
    claim_date TEXT NOT NULL, review_date TEXT NOT NULL, url TEXT NOT NULL,
    terms BLOB NOT NULL, term_marks BLOB NOT NULL,
    quantities BLOB NOT NULL, units BLOB NOT NULL, directions BLOB NOT NULL,
    negations INTEGER NOT NULL, marks INTEGER NOT NULL,
    source TEXT NOT NULL DEFAULT '',
    vector BLOB
) STRICT
"""
_SCHEMA = f"""
{_TABLE};
CREATE INDEX fact_checks_without_vector ON fact_checks (id) WHERE vector IS NULL;
CREATE TABLE encoder (name TEXT NOT NULL) STRICT
"""
_REVISION = """
CREATE TABLE revision (number INTEGER NOT NULL) STRICT;
INSERT INTO revision VALUES (abs(random() % 1000000000))
"""


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Create the tables, or migrate those of an earlier version, within the open transaction.

    Raises
    ------
    ImportedFactChecksError
        If a later version made them.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise ImportedFactChecksError(
            f"{path} has schema {version}; this Plumbline knows {VERSION}.", "Update Plumbline."
        )
    if version == VERSION:
        return
    if version == 1:
        connection.execute("ALTER TABLE fact_checks RENAME TO fact_checks_1")
    _run(connection, _SCHEMA if version == 1 else f"{_SCHEMA};{_REVISION}")
    if version == 1:
        _migrate_rows(connection)
        connection.execute("DROP TABLE fact_checks_1")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def ruling_key(url: str, text: str) -> bytes:
    """Hash the identity of a ruling to sixteen bytes."""
    return blake2b("\0".join(identity(url, text)).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _migrate_rows(connection: sqlite3.Connection) -> None:
    """Copy the rows of version 1, which kept every spelling of an address: of each ruling the latest review stays."""
    names = f"text, headline, {FACTS}, {TERMS}"
    rows = connection.execute(f"SELECT {names} FROM fact_checks_1 ORDER BY review_date DESC, id").fetchall()
    places = ", ".join("?" * (1 + names.count(",") + 1))
    for row in reversed(list({ruling_key(row[7], row[0]): row for row in reversed(rows)}.values())):
        connection.execute(
            f"INSERT INTO fact_checks (ruling, {names}) VALUES ({places})", (ruling_key(row[7], row[0]), *row)
        )


def _run(connection: sqlite3.Connection, statements: str) -> None:
    for statement in statements.split(";"):
        connection.execute(statement)


def read_columns(connection: sqlite3.Connection) -> ClaimColumns:
    """Read what the matcher needs of every claim, in the order of the ids."""
    rows = connection.execute(f"SELECT {TERMS} FROM fact_checks ORDER BY id").fetchall()
    terms, term_marks, quantities, units, directions, negations, marks = zip(*rows, strict=True) if rows else [()] * 7
    return ClaimColumns(
        _column(terms, "<u4"),
        _column(term_marks, "u1").values,
        _column(quantities, "<f8"),
        _column(units, "u1").values,
        _column(directions, "i1"),
        np.array(negations, dtype=np.uint8),
        np.array(marks, dtype=np.uint8),
    )


def _column(blobs: Sequence[bytes], kind: str) -> Column:
    width = np.dtype(kind).itemsize
    start = np.concatenate([[0], np.cumsum([len(blob) // width for blob in blobs], dtype=np.int64)])
    return Column(start.astype(np.int64), np.frombuffer(b"".join(blobs), dtype=kind))


class Identity(NamedTuple):
    """What makes two reviews the same ruling: the page, and the words of the claim where a page has several."""

    address: str
    claim: str


def identity(url: str, text: str) -> Identity:
    """Identify the ruling at an address on a claim, whatever the spelling of either."""
    address = page_key(url)
    return Identity(address, "" if has_one_claim(address) else " ".join(token.form for token in tokenize(text)))
