"""The one error of the storage, and what a database's own errors mean. Imports no SQLAlchemy before it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fake_news.common.errors import PlumblineError

if TYPE_CHECKING:
    from sqlalchemy.exc import SQLAlchemyError


class StorageError(PlumblineError):
    """What is kept cannot be read or written now; checking text does not depend on it."""


def explain(error: SQLAlchemyError, place: str) -> StorageError:
    """Describe a database error in plain words; SQLAlchemy's own message would quote the row."""
    from sqlalchemy.exc import DBAPIError  # few need it: SQLAlchemy takes longer to import than the first verdict

    cause = error.orig if isinstance(error, DBAPIError) else error
    match getattr(cause, "sqlite_errorname", "").split("_")[:2]:
        case ["SQLITE", "FULL"]:
            return StorageError("The disk is full: nothing could be stored.", "Free some disk space and try again.")
        case ["SQLITE", "READONLY" | "CANTOPEN" | "PERM" | "IOERR"]:
            return StorageError(
                f"{place} cannot be written.", "Make it writable, or choose another folder with --data-folder."
            )
        case ["SQLITE", "CORRUPT" | "NOTADB"]:
            return StorageError(
                f"{place} is damaged.", "Restart the server: it sets the file aside and starts a new one."
            )
        case ["SQLITE", "BUSY" | "LOCKED"]:
            return StorageError(f"{place} is busy: another program holds it.", "Try again.")
        case _:
            return StorageError(
                f"{place} cannot be used ({type(cause).__name__}).", "`python -m server doctor` says more."
            )
