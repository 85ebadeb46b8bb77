"""The errors of importing and keeping fact-checks."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from fake_news.common.errors import PlumblineError


class ImportedFactChecksError(PlumblineError):
    """A file is not readable as fact-checks, or the database cannot be read or written; nothing was changed."""


class SkippedRowError(Exception):
    """A row is not a usable fact-check; the message is the reason, the same for all rows of its kind."""


class NotStoredError(ImportedFactChecksError):
    """The database cannot be used, whatever the import: the disk is full, or another import is running."""


def storage_error(error: sqlite3.Error, path: Path) -> NotStoredError:
    """Translate an error of SQLite into what the reader can do about it."""
    match getattr(error, "sqlite_errorname", "").split("_")[:2]:
        case ["SQLITE", "FULL"]:
            return NotStoredError("The disk is full: nothing was changed.", "Free some disk space and try again.")
        case ["SQLITE", "IOERR"]:
            return NotStoredError(
                f"{path} could not be written or read to its end: nothing was changed.",
                "Is the disk full, or a quota used up? Free some space and try again.",
            )
        case ["SQLITE", "BUSY" | "LOCKED"]:
            return NotStoredError("Another import is running: nothing was changed.", "Try again when it is done.")
        case ["SQLITE", "CORRUPT" | "NOTADB"]:
            return NotStoredError(f"{path} is damaged.", "Remove it, and import your files again.")
        case _:
            return NotStoredError(
                f"{path} cannot be used ({error}).", "Make its folder writable, or set PLUMBLINE_HOME."
            )
