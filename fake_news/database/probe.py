"""Whether a database that opens can be written too: a full disk lets it open. Importing this imports SQLAlchemy."""

from __future__ import annotations

from sqlalchemy import Column, MetaData, Table, Text, insert

from fake_news.database.database import Database

_LARGEST_FEEDBACK = 64 * 1024
"""Bytes of its texts together, with the rows and pages that they take, about."""
_TABLE = Table("write_probe", MetaData(), Column("content", Text, nullable=False))


def try_writing(database: Database) -> None:
    """Write as much as the largest feedback takes, and take it away again.

    Raises
    ------
    StorageError
        If feedback could not be stored.
    """
    with database.writing() as connection:
        _TABLE.drop(connection, checkfirst=True)  # of a probe that was killed
        _TABLE.create(connection)
        connection.execute(insert(_TABLE).values(content="x" * _LARGEST_FEEDBACK))
    with database.writing() as connection:
        _TABLE.drop(connection)
