"""Opening SQLite databases: for reading alone, private from the start, with the write-ahead log on, if not damaged."""

from __future__ import annotations

import os
import sqlite3
import time
from pathlib import Path

_PAUSE_SECONDS = 0.01
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def open_to_read(path: Path, patience_seconds: float = 5.0) -> sqlite3.Connection:
    """Open an existing database for reading only.

    Any thread may use the connection, one at a time.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    return sqlite3.connect(uri, uri=True, timeout=patience_seconds, isolation_level=None, check_same_thread=False)


def create_private(path: Path) -> None:
    """Create the file before SQLite does, so that no other account of this machine can ever read it.

    Files that SQLite puts beside it, such as the write-ahead log, get the same permissions.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDONLY, 0o600))


def turn_on_write_ahead_log(connection: sqlite3.Connection, patience_seconds: float) -> None:
    """Switch a database to write-ahead logging, waiting while another connection keeps it busy.

    SQLite runs no busy handler for this change: it fails at once, whatever the connection's timeout
    (https://sqlite.org/c3ref/busy_handler.html).

    Raises
    ------
    sqlite3.Error
        If the database is still busy after the timeout, or cannot be used at all.
    """
    give_up = time.monotonic() + patience_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
        time.sleep(_PAUSE_SECONDS)


def is_damaged(path: Path, patience_seconds: float) -> bool:
    """Whether a file exists and is a damaged database, or no database at all.

    Raises
    ------
    sqlite3.Error
        If it cannot be read for another reason, such as a lock that outlasts the timeout.
    """
    if not path.exists():
        return False
    connection = sqlite3.connect(path, timeout=patience_seconds)
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in _DAMAGE:
            return True
        raise
    finally:
        connection.close()
