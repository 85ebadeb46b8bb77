"""Tokens of users and groups in the database, by their digests. Importing this module imports SQLAlchemy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from fake_news.database.database import Database
from fake_news.database.schema import TOKENS


@dataclass(frozen=True)
class Token:
    """Whose it is, since when (UTC, ISO 8601), and what it is known by."""

    name: str
    digest: str
    created: str


def all_tokens(database: Database) -> Sequence[Token]:
    """Every token that is valid, by name."""
    with database.reading() as connection:
        return [Token(**row) for row in connection.execute(select(TOKENS).order_by(TOKENS.c.name)).mappings()]


def add_token(database: Database, name: str, digest: str) -> bool:
    """Store a token; whether there was none of this name."""
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with database.writing() as connection:
        if connection.execute(select(TOKENS.c.name).where(TOKENS.c.name == name)).first() is not None:
            return False
        connection.execute(insert(TOKENS).values(name=name, digest=digest, created=created))
        return True


def delete_token(database: Database, name: str) -> bool:
    """Revoke a token; whether there was one of this name."""
    with database.writing() as connection:
        return connection.execute(delete(TOKENS).where(TOKENS.c.name == name)).rowcount > 0
