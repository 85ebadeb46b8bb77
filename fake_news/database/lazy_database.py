"""The database as the rest of the server knows it: opened when it is first needed, and again if that failed.

Importing this module imports no SQLAlchemy, which takes longer than everything else that the first verdict needs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from fake_news.common.errors import PlumblineError

if TYPE_CHECKING:
    from sqlalchemy.exc import SQLAlchemyError

    from fake_news.database.database import Database


class DatabaseError(PlumblineError):
    """The database cannot be read or written now; checking text does not depend on it."""


def database_error(error: SQLAlchemyError, place: str) -> DatabaseError:
    """Describe a database error for the user; SQLAlchemy's own message would quote the row."""
    from sqlalchemy.exc import DBAPIError

    cause = error.orig if isinstance(error, DBAPIError) else error
    match getattr(cause, "sqlite_errorname", "").split("_")[:2]:
        case ["SQLITE", "FULL"]:
            return DatabaseError("The disk is full: nothing could be stored.", "Free some disk space and try again.")
        case ["SQLITE", "READONLY" | "CANTOPEN" | "PERM" | "IOERR"]:
            return DatabaseError(
                f"{place} cannot be written.", "Make it writable, or choose another folder with --data-folder."
            )
        case ["SQLITE", "CORRUPT" | "NOTADB"]:
            return DatabaseError(
                f"{place} is damaged.", "Restart the server: it sets the file aside and starts a new one."
            )
        case ["SQLITE", "BUSY" | "LOCKED"]:
            return DatabaseError(f"{place} is busy: another program holds it.", "Try again.")
        case _:
            return DatabaseError(
                f"{place} cannot be used ({type(cause).__name__}).", "`python -m server doctor` says more."
            )


DATABASE_URL = "PLUMBLINE_DATABASE_URL"
"""The environment variable with the address of a PostgreSQL database."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class LazyDatabase:
    """Opens the database on first use.

    Parameters
    ----------
    folder : Path
        The data folder, which holds the SQLite file.
    url : str, optional
        The address of a PostgreSQL database to use instead.
    now : callable
        The clock.
    """

    def __init__(self, folder: Path, url: str | None = None, now: Callable[[], datetime] = _utc_now) -> None:
        self.now = now
        self._folder = folder
        self._url = url
        self._lock = Lock()
        self._database: Database | None = None

    def database(self) -> Database:
        """Return the open database, opening it if necessary.

        Raises
        ------
        DatabaseError
            If it cannot be opened now; the next call tries again.
        """
        with self._lock:
            if self._database is None:
                from fake_news.database.opening import open_database

                self._database = open_database(self._folder, self._url, self.now)
            return self._database

    def close(self) -> None:
        """Close the database if it is open."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None
