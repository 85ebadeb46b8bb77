"""SQLite as the storage needs it: safe against a killed process, private, and never silently thrown away."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

from fake_news.common.sqlite import create_private, is_damaged, turn_on_write_ahead_log

logger = logging.getLogger(__name__)

FILE_NAME = "plumbline.sqlite3"
READ_ONLY = "plumbline_read_only"
_BUSY_SECONDS = 5


def sqlite_engine(folder: Path) -> Engine:
    """Open the database in ``folder``, making both if there is none; a damaged one is set aside.

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
