"""The tables as they are now, and the migrations that bring a database of any version to them, in one transaction.

A migration that was released is never changed: the databases that it made are out there. It therefore spells its tables
out instead of using those at the end of this file; a test compares the result with those.
"""

from __future__ import annotations

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

from fake_news.database.errors import StorageError

_VERSION = Table("schema_version", MetaData(), Column("version", Integer, nullable=False))
_LOCK_NUMBER = 8642  # any number, as long as all Plumblines agree


def _1_feedback(connection: Connection) -> None:
    Table(
        "feedback",
        MetaData(),
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
        Column("created", String(20), nullable=False),
        Column("statement", Text, nullable=False),
        Column("label", String(20), nullable=False),
        Column("correction", String(20), nullable=False),
        Column("comment", Text),
        Column("source_url", Text),
        sqlite_autoincrement=True,
    ).create(connection)


def _2_counts_by_day(connection: Connection) -> None:
    for name, key in (
        ("label_counts", Column("label", String(20), primary_key=True)),
        ("score_counts", Column("bin", Integer, primary_key=True, autoincrement=False)),
    ):
        Table(
            name,
            MetaData(),
            Column("day", String(10), primary_key=True),
            key,
            Column("count", BigInteger, nullable=False),
        ).create(connection)


def _3_counts_by_checkpoint(connection: Connection) -> None:
    """Scores of two checkpoints cannot be separated once they are added up: the old ones belong to none."""
    traits = Table(
        "trait_counts",
        MetaData(),
        Column("day", String(10), primary_key=True),
        Column("checkpoint", String(20), primary_key=True),
        Column("trait", String(20), primary_key=True),
        Column("bin", Integer, primary_key=True, autoincrement=False),
        Column("count", BigInteger, nullable=False),
    )
    traits.create(connection)
    scores = table("score_counts", column("day"), column("bin"), column("count"))
    old = select(scores.c.day, literal(""), literal("score"), scores.c.bin, scores.c.count)
    connection.execute(insert(traits).from_select(["day", "checkpoint", "trait", "bin", "count"], old))
    connection.execute(text("DROP TABLE score_counts"))
    Table(
        "agreement_counts",
        MetaData(),
        Column("day", String(10), primary_key=True),
        Column("champion", String(20), primary_key=True),
        Column("shadow", String(20), primary_key=True),
        Column("champion_label", String(20), primary_key=True),
        Column("shadow_label", String(20), primary_key=True),
        Column("count", BigInteger, nullable=False),
        Column("compared", BigInteger, nullable=False),
        Column("difference", BigInteger, nullable=False),
    ).create(connection)


def _4_what_feedback_is_about(connection: Connection) -> None:
    """Which fact-check is about something else, and what gave the verdict; earlier feedback does not say."""
    for added in (
        "fact_check_url TEXT",
        "fact_check_title TEXT",
        "model TEXT",
        "fact_checks_count INTEGER",
        "fact_checks_newest VARCHAR(10)",
    ):
        connection.execute(text(f"ALTER TABLE feedback ADD COLUMN {added}"))


def _5_tokens(connection: Connection) -> None:
    Table(
        "tokens",
        MetaData(),
        Column("name", String(100), primary_key=True),
        Column("digest", String(64), nullable=False, unique=True),
        Column("created", String(20), nullable=False),
    ).create(connection)


MIGRATIONS = (_1_feedback, _2_counts_by_day, _3_counts_by_checkpoint, _4_what_feedback_is_about, _5_tokens)


def migrate(connection: Connection) -> None:
    """Bring the schema up to date; several servers that start at once wait for each other.

    Raises
    ------
    StorageError
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
        raise StorageError(
            f"The database has schema {version}; this Plumbline knows {len(MIGRATIONS)}.",
            "Update Plumbline, or choose another --data-folder.",
        )
    for migration in MIGRATIONS[version:]:
        migration(connection)
    connection.execute(update(_VERSION).values(version=len(MIGRATIONS)))


METADATA = MetaData()

# SQLite gives out row numbers by itself only to a column of the type INTEGER.
ROW_NUMBER = BigInteger().with_variant(Integer, "sqlite")

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", ROW_NUMBER, primary_key=True, autoincrement=True),
    Column("created", String(20), nullable=False),  # UTC, ISO 8601
    Column("statement", Text, nullable=False),
    Column("label", String(20), nullable=False),
    Column("correction", String(20), nullable=False),
    Column("comment", Text),
    Column("source_url", Text),
    Column("fact_check_url", Text),
    Column("fact_check_title", Text),
    Column("model", Text),
    Column("fact_checks_count", Integer),
    Column("fact_checks_newest", String(10)),
    sqlite_autoincrement=True,  # the id of a deleted row is never given out again
)

TOKENS = Table(
    "tokens",
    METADATA,
    Column("name", String(100), primary_key=True),  # of a user or a group
    Column("digest", String(64), nullable=False, unique=True),  # SHA-256: the token itself is nowhere
    Column("created", String(20), nullable=False),
)

LABEL_COUNTS = Table(
    "label_counts",
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("label", String(20), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

TRAIT_COUNTS = Table(
    "trait_counts",
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("checkpoint", String(20), primary_key=True),
    Column("trait", String(20), primary_key=True),
    Column("bin", Integer, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
)

AGREEMENT_COUNTS = Table(
    "agreement_counts",
    METADATA,
    Column("day", String(10), primary_key=True),
    Column("champion", String(20), primary_key=True),
    Column("shadow", String(20), primary_key=True),
    Column("champion_label", String(20), primary_key=True),
    Column("shadow_label", String(20), primary_key=True),
    Column("count", BigInteger, nullable=False),
    Column("compared", BigInteger, nullable=False),
    Column("difference", BigInteger, nullable=False),
)
