"""SQLite's write-ahead log, turned on without failing when two programs open a new database at once."""

from __future__ import annotations

import sqlite3
import time

_PAUSE_SECONDS = 0.01


def turn_on_write_ahead_log(connection: sqlite3.Connection, patience_seconds: float) -> None:
    """Have a database write ahead, waiting while another connection keeps it busy.

    SQLite runs no busy handler for this change: it fails at once, whatever the connection's timeout
    (https://sqlite.org/c3ref/busy_handler.html).

    Raises
    ------
    sqlite3.Error
        If the database is still busy when the patience is over, or cannot be used at all.
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
