"""The database behind one interface, whichever it is. Importing this module imports SQLAlchemy."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from fake_news.verdict import Label
from server.storage.errors import StorageError
from server.storage.migrations import migrate
from server.storage.records import SCORE_BINS, DayCounts, Feedback, NewFeedback
from server.storage.sqlite import READ_ONLY, sqlite_engine
from server.storage.tables import FEEDBACK, LABEL_COUNTS, SCORE_COUNTS

_CONNECT_SECONDS = 5


class Database:
    """Feedback and counts in a database.

    Parameters
    ----------
    engine : Engine
        An engine of SQLAlchemy, for SQLite or PostgreSQL.
    now : callable
        The clock.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now
        with self._writing() as connection:
            migrate(connection)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def add_feedback(self, feedback: NewFeedback) -> int:
        """Store feedback for good and return its id."""
        created = self._now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self._writing() as connection:
            result = connection.execute(insert(FEEDBACK).values(created=created, **asdict(feedback)))
            return int(result.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row has one

    def feedback(self, limit: int | None = None, offset: int = 0) -> list[Feedback]:
        """Stored feedback, the latest first."""
        query = select(FEEDBACK).order_by(FEEDBACK.c.id.desc()).limit(limit).offset(offset)
        with self._reading() as connection:
            return [Feedback(**row) for row in connection.execute(query).mappings()]

    def feedback_count(self) -> int:
        """How much feedback is stored."""
        with self._reading() as connection:
            return int(connection.execute(select(func.count()).select_from(FEEDBACK)).scalar_one())

    def delete_feedback(self, feedback_id: int | None = None) -> int:
        """Delete one feedback, or all; return how many there were."""
        command = delete(FEEDBACK)
        if feedback_id is not None:
            command = command.where(FEEDBACK.c.id == feedback_id)
        with self._writing() as connection:
            deleted = connection.execute(command).rowcount
        if self._engine.dialect.name == "sqlite":
            with self._errors(), self._engine.connect() as connection:
                # Outside of transactions: the log of changes still holds what the table no longer does.
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return int(deleted)

    def add_counts(self, labels: Mapping[tuple[str, Label], int], scores: Mapping[tuple[str, int], int]) -> None:
        """Add to the counts of labels by (day, label) and of scores by (day, bin)."""
        with self._writing() as connection:
            _add(connection, LABEL_COUNTS, "label", {(day, label.value): n for (day, label), n in labels.items()})
            _add(connection, SCORE_COUNTS, "bin", scores)

    def days(self, limit: int) -> list[DayCounts]:
        """The counts of the latest days that have any, in order."""
        latest = select(LABEL_COUNTS.c.day).distinct().order_by(LABEL_COUNTS.c.day.desc()).limit(limit)
        labels: dict[str, dict[Label, int]] = {}
        scores: defaultdict[str, list[int]] = defaultdict(lambda: [0] * SCORE_BINS)
        with self._reading() as connection:
            for day in connection.execute(latest).scalars():
                labels[day] = dict.fromkeys(Label, 0)
            for day, label, count in connection.execute(select(LABEL_COUNTS).where(LABEL_COUNTS.c.day.in_(labels))):
                labels[day][Label(label)] = count
            for day, number, count in connection.execute(select(SCORE_COUNTS).where(SCORE_COUNTS.c.day.in_(labels))):
                scores[day][number] = count
        return [DayCounts(day, labels[day], tuple(scores[day])) for day in sorted(labels)]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._errors(), self._engine.connect() as connection:
            yield connection.execution_options(**{READ_ONLY: True})

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise _told(error, self._engine.url.render_as_string(hide_password=True)) from None


def open_database(folder: Path, url: str | None, now: Callable[[], datetime]) -> Database:
    """Open the database at ``url``, or the SQLite file in ``folder`` where there is none.

    Raises
    ------
    StorageError
        If it cannot be opened.
    """
    if url is None:
        try:
            return Database(sqlite_engine(folder), now)
        except (OSError, sqlite3.Error) as error:
            raise StorageError(
                f"The data folder {folder} cannot be used: {error}.",
                "Make it writable, or choose another with --data-folder or PLUMBLINE_HOME.",
            ) from None
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is None or address.get_backend_name() != "postgresql":
        raise StorageError(
            "PLUMBLINE_DATABASE_URL is no address of a PostgreSQL.",
            "It looks like postgresql://user:password@host/name.",
        )
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": _CONNECT_SECONDS},
        pool_pre_ping=True,
    )
    return Database(engine, now)


def _add(connection: Connection, table: Table, key: str, counts: Mapping[tuple[str, Any], int]) -> None:
    if not counts:
        return
    rows = [{"day": day, key: value, "count": count} for (day, value), count in counts.items()]
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    command = dialect.insert(table)
    connection.execute(
        command.on_conflict_do_update(
            index_elements=["day", key], set_={"count": table.c.count + command.excluded.count}
        ),
        rows,
    )


def _told(error: SQLAlchemyError, place: str) -> StorageError:
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
