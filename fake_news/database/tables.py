"""The tables as they are now; ``migrations`` makes them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, String, Table, Text

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
