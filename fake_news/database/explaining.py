"""What a database has against a command, in words that say what to do. Importing this module imports SQLAlchemy."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from fake_news.database.errors import StorageError


def explained(error: SQLAlchemyError, place: str) -> StorageError:
    """The error in plain words; SQLAlchemy's own would quote the row."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    match getattr(cause, "sqlite_errorname", "").split("_")[:2]:
        case ["SQLITE", "FULL"]:
            return StorageError("The disk is full: nothing could be stored.", "Make room and try again.")
        case ["SQLITE", "READONLY" | "CANTOPEN" | "PERM" | "IOERR"]:
            return StorageError(
                f"{place} cannot be written.", "Make it writable, or choose another folder with --data-folder."
            )
        case ["SQLITE", "CORRUPT" | "NOTADB"]:
            return StorageError(
                f"{place} is damaged.", "Start the server again: it sets the file aside and begins anew."
            )
        case ["SQLITE", "BUSY" | "LOCKED"]:
            return StorageError(f"{place} is busy: another program holds it.", "Try again.")
        case _:
            return StorageError(
                f"{place} cannot be used ({type(cause).__name__}).", "`python -m server doctor` says more."
            )
