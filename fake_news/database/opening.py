"""Opening a database: the SQLite file of a data folder, or a PostgreSQL. Importing this module imports SQLAlchemy.

The SQLite file survives a killed process, is private to its account, and is never thrown away: a damaged one is set
aside.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, Table, Text, create_engine, event, insert
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from fake_news.common.sqlite import create_private, is_damaged, turn_on_write_ahead_log
from fake_news.database.database import READ_ONLY, Database
from fake_news.database.lazy_database import DatabaseError

logger = logging.getLogger(__name__)

FILE_NAME = "plumbline.sqlite3"
_BUSY_SECONDS = 5
_CONNECT_SECONDS = 5


def open_database(folder: Path, url: str | None, now: Callable[[], datetime]) -> Database:
    """Open the database at ``url``, or the SQLite file in ``folder`` where there is none.

    Raises
    ------
    DatabaseError
        If it cannot be opened.
    """
    if url is None:
        try:
            return Database(sqlite_engine(folder), now)
        except (OSError, sqlite3.Error) as error:
            raise DatabaseError(
                f"The data folder {folder} cannot be used: {error}.",
                "Make it writable, or choose another with --data-folder or PLUMBLINE_HOME.",
            ) from None
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is None or address.get_backend_name() != "postgresql":
        raise DatabaseError(
            "PLUMBLINE_DATABASE_URL is not the address of a PostgreSQL database.",
            "It looks like postgresql://user:password@host/name.",
        )
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": _CONNECT_SECONDS},
        pool_pre_ping=True,
    )
    return Database(engine, now)


def sqlite_engine(folder: Path) -> Engine:
    """Open the database in ``folder``, and create both if necessary; a damaged one is set aside.

    Raises
    ------
    OSError
        If the folder cannot be made or a damaged file cannot be renamed.
    sqlite3.Error
        If the database cannot be read.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / FILE_NAME
    if is_damaged(path, _BUSY_SECONDS):
        aside = set_aside(path)
        logger.error("The database was damaged. It was set aside as %s, and a new one begun.", aside)
    create_private(path)
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def set_aside(path: Path) -> Path:
    """Rename a damaged database and what belongs to it; the name says when."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + suffix))
    return aside


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions begin where _begin says so, not where the sqlite3 module guesses
    turn_on_write_ahead_log(connection, _BUSY_SECONDS)
    for pragma in (
        "synchronous = FULL",  # what was acknowledged survives a power cut too
        "secure_delete = ON",  # deleted feedback is overwritten
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A transaction that begins by reading cannot wait for its turn to write: https://sqlite.org/isolation.html
    reads = connection.get_execution_options().get(READ_ONLY)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


_LARGEST_FEEDBACK = 64 * 1024
"""Approximate bytes of the largest feedback, including the pages of the database that it takes."""
_PROBE = Table("write_probe", MetaData(), Column("content", Text, nullable=False))


def try_writing(database: Database) -> None:
    """Write as much as the largest feedback takes, and delete it again.

    Raises
    ------
    DatabaseError
        If feedback could not be stored.
    """
    with database.writing() as connection:
        _PROBE.drop(connection, checkfirst=True)  # left by a probe that was killed
        _PROBE.create(connection)
        connection.execute(insert(_PROBE).values(content="x" * _LARGEST_FEEDBACK))
    with database.writing() as connection:
        _PROBE.drop(connection)
