"""The storage as the rest of the server knows it: opened when it is first needed, and again when that failed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fake_news.database.database import Database

DATABASE_URL = "PLUMBLINE_DATABASE_URL"
"""The environment variable that names a PostgreSQL."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Storage:
    """Opens the database on first use.

    Parameters
    ----------
    folder : Path
        The data folder, where SQLite's file is.
    url : str, optional
        The address of a PostgreSQL, used instead.
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
        """The open database.

        Raises
        ------
        StorageError
            If it cannot be opened now; the next call tries again.
        """
        with self._lock:
            if self._database is None:
                # Here, because SQLAlchemy takes longer to import than all else that the first verdict needs.
                from fake_news.database.database import open_database

                self._database = open_database(self._folder, self._url, self.now)
            return self._database

    def close(self) -> None:
        """Close what was opened."""
        with self._lock:
            if self._database is not None:
                self._database.close()
                self._database = None
