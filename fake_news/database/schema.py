"""The tables, and the migrations that bring a database of any version to them, in one transaction.

A released migration must keep making what it made, because databases that it made are in use. It creates a table from
the definition below only as long as that has not changed: if you change a definition, give the migration a copy of the
old one. A test compares what every version makes with what it made when it was released.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    column,
    insert,
    literal,
    select,
    table,
    text,
    update,
)
from sqlalchemy.schema import CreateColumn

from fake_news.database.lazy_database import DatabaseError

METADATA = MetaData()
_LABEL, _DAY, _MOMENT, _CHECKPOINT = String(20), String(10), String(20), String(20)


def _feedback(metadata: MetaData, *later: Column[Any]) -> Table:
    """Make the table of feedback: the columns of the first version, and later ones."""
    return Table(
        "feedback",
        metadata,
        # SQLite gives out row numbers by itself only to a column of the type INTEGER.
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
        Column("created", _MOMENT, nullable=False),  # UTC, ISO 8601
        Column("statement", Text, nullable=False),
        Column("label", _LABEL, nullable=False),
        Column("correction", _LABEL, nullable=False),
        Column("comment", Text),
        Column("source_url", Text),
        *later,
        sqlite_autoincrement=True,  # the id of a deleted row is never given out again
    )


def _key(name: str, kind: String | Integer) -> Column[Any]:
    """Make a column of the key by which something is counted."""
    return Column(name, kind, primary_key=True, autoincrement=False)


def _count(name: str) -> Column[int]:
    """Make a column that grows."""
    return Column(name, BigInteger, nullable=False)


_SUBJECT_OF_FEEDBACK = (
    Column("fact_check_url", Text),
    Column("fact_check_title", Text),
    Column("model", Text),
    Column("fact_checks_count", Integer),
    Column("fact_checks_newest", _DAY),
)
"""Which fact-check is about something else, and what gave the verdict; feedback of before version 4 does not say."""
FEEDBACK = _feedback(METADATA, *_SUBJECT_OF_FEEDBACK)

LABEL_COUNTS = Table("label_counts", METADATA, _key("day", _DAY), _key("label", _LABEL), _count("count"))

TRAIT_COUNTS = Table(
    "trait_counts",
    METADATA,
    _key("day", _DAY),
    _key("checkpoint", _CHECKPOINT),
    _key("trait", String(20)),
    _key("bin", Integer()),
    _count("count"),
)

AGREEMENT_COUNTS = Table(
    "agreement_counts",
    METADATA,
    _key("day", _DAY),
    _key("champion", _CHECKPOINT),
    _key("shadow", _CHECKPOINT),
    _key("champion_label", _LABEL),
    _key("shadow_label", _LABEL),
    _count("count"),
    _count("compared"),
    _count("difference"),
)

TOKENS = Table(
    "tokens",
    METADATA,
    Column("name", String(100), primary_key=True),  # of a user or a group
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256: the token itself is stored nowhere
    Column("created", _MOMENT, nullable=False),
)

_VERSION = Table("schema_version", MetaData(), Column("version", Integer, nullable=False))
_LOCK_NUMBER = 8642  # any number, as long as all Plumblines agree


def _1_feedback(connection: Connection) -> None:
    _feedback(MetaData()).create(connection)


def _2_counts_by_day(connection: Connection) -> None:
    LABEL_COUNTS.create(connection)
    Table("score_counts", MetaData(), _key("day", _DAY), _key("bin", Integer()), _count("count")).create(connection)


def _3_counts_by_checkpoint(connection: Connection) -> None:
    """Assign old counts to no checkpoint: scores of two cannot be separated once they are added up."""
    TRAIT_COUNTS.create(connection)
    scores = table("score_counts", column("day"), column("bin"), column("count"))
    old = select(scores.c.day, literal(""), literal("score"), scores.c.bin, scores.c.count)
    connection.execute(insert(TRAIT_COUNTS).from_select(["day", "checkpoint", "trait", "bin", "count"], old))
    connection.execute(text("DROP TABLE score_counts"))
    AGREEMENT_COUNTS.create(connection)


def _4_subject_of_feedback(connection: Connection) -> None:
    for added in _SUBJECT_OF_FEEDBACK:
        definition = CreateColumn(added).compile(dialect=connection.dialect)
        connection.execute(text(f"ALTER TABLE feedback ADD COLUMN {definition}"))


def _5_tokens(connection: Connection) -> None:
    TOKENS.create(connection)


MIGRATIONS = (_1_feedback, _2_counts_by_day, _3_counts_by_checkpoint, _4_subject_of_feedback, _5_tokens)


def migrate(connection: Connection) -> None:
    """Bring the schema up to date; several servers that start at once wait for each other.

    Raises
    ------
    DatabaseError
        If a newer Plumbline made the database.
    """
    if connection.dialect.name == "postgresql":  # SQLite's transactions begin with the lock
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK_NUMBER})
    _VERSION.create(connection, checkfirst=True)
    version = connection.execute(select(_VERSION.c.version)).scalar()
    if version is None:
        version = 0
        connection.execute(insert(_VERSION).values(version=0))
    if version > len(MIGRATIONS):
        raise DatabaseError(
            f"The database has schema {version}; this Plumbline knows {len(MIGRATIONS)}.",
            "Update Plumbline, or choose another --data-folder.",
        )
    for migration in MIGRATIONS[version:]:
        migration(connection)
    connection.execute(update(_VERSION).values(version=len(MIGRATIONS)))
