"""The database behind one interface, whichever it is. Importing this module imports SQLAlchemy."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, MetaData, Table, Text, create_engine, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from fake_news.database.errors import StorageError, explain
from fake_news.database.records import Agreement, Counts, DayCounts, Feedback, NewFeedback, OutcomeCount
from fake_news.database.schema import AGREEMENT_COUNTS, FEEDBACK, LABEL_COUNTS, TRAIT_COUNTS, migrate
from fake_news.database.sqlite import READ_ONLY, sqlite_engine
from fake_news.detection.verdict import Label
from fake_news.monitoring.traits import BINS, SCORE_BINS, Trait

_CONNECT_SECONDS = 5


class Database:
    """Feedback and counts in a database.

    Parameters
    ----------
    engine : an engine of SQLAlchemy, for SQLite or PostgreSQL
    now : the clock
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now
        with self.writing() as connection:
            migrate(connection)

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def add_feedback(self, feedback: NewFeedback) -> int:
        """Store feedback and return its id."""
        created = self._now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self.writing() as connection:
            result = connection.execute(insert(FEEDBACK).values(created=created, **asdict(feedback)))
            return int(result.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row has one

    def feedback(self, limit: int | None = None, offset: int = 0) -> list[Feedback]:
        """Stored feedback, the latest first."""
        query = select(FEEDBACK).order_by(FEEDBACK.c.id.desc()).limit(limit).offset(offset)
        with self.reading() as connection:
            return [Feedback(**row) for row in connection.execute(query).mappings()]

    def feedback_count(self) -> int:
        """How much feedback is stored."""
        with self.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(FEEDBACK)).scalar_one())

    def feedback_outcomes(self) -> list[OutcomeCount]:
        """How often which label was corrected how, by what gave it, the latest first."""
        columns = FEEDBACK.c
        source = (columns.model, columns.fact_checks_count, columns.fact_checks_newest)
        latest = func.max(func.max(columns.id)).over(partition_by=source)
        query = (
            select(*source, columns.label, columns.correction, func.count())
            .group_by(*source, columns.label, columns.correction)
            .order_by(latest.desc(), columns.label, columns.correction)
        )
        with self.reading() as connection:
            return [OutcomeCount(*row) for row in connection.execute(query)]

    def delete_feedback(self, feedback_id: int | None = None) -> int:
        """Delete one feedback, or all; return how many there were."""
        command = delete(FEEDBACK)
        if feedback_id is not None:
            command = command.where(FEEDBACK.c.id == feedback_id)
        with self.writing() as connection:
            deleted = connection.execute(command).rowcount
        if self._engine.dialect.name == "sqlite":
            with self._errors(), self._engine.connect() as connection:
                # Outside of transactions: the log of changes still holds what the table no longer does.
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return int(deleted)

    def add_counts(self, counts: Counts) -> None:
        """Add to what is stored."""
        labels = [{"day": day, "label": label.value, "count": n} for (day, label), n in counts.labels.items()]
        traits = [
            {"day": day, "checkpoint": checkpoint, "trait": trait.value, "bin": number, "count": n}
            for (day, checkpoint, trait, number), n in counts.traits.items()
        ]
        agreements = [
            {
                "day": day,
                "champion": champion,
                "shadow": shadow,
                "champion_label": label.value,
                "shadow_label": other.value,
                "count": n,
                "compared": compared,
                "difference": difference,
            }
            for (day, champion, shadow, label, other), (n, compared, difference) in counts.agreements.items()
        ]
        with self.writing() as connection:
            _add(connection, LABEL_COUNTS, labels)
            _add(connection, TRAIT_COUNTS, traits)
            _add(connection, AGREEMENT_COUNTS, agreements)

    def days(self, limit: int, checkpoint: str) -> list[DayCounts]:
        """The counts of the latest days that have any, in order; scores are those of one checkpoint."""
        latest = select(LABEL_COUNTS.c.day).distinct().order_by(LABEL_COUNTS.c.day.desc()).limit(limit)
        labels: dict[str, dict[Label, int]] = {}
        scores: defaultdict[str, list[int]] = defaultdict(lambda: [0] * SCORE_BINS)
        with self.reading() as connection:
            for day in connection.execute(latest).scalars():
                labels[day] = dict.fromkeys(Label, 0)
            for day, label, count in connection.execute(select(LABEL_COUNTS).where(LABEL_COUNTS.c.day.in_(labels))):
                labels[day][Label(label)] = count
            of_checkpoint = (TRAIT_COUNTS.c.checkpoint == checkpoint) & (TRAIT_COUNTS.c.trait == Trait.SCORE.value)
            columns = select(TRAIT_COUNTS.c.day, TRAIT_COUNTS.c.bin, TRAIT_COUNTS.c.count)
            for day, number, count in connection.execute(columns.where(of_checkpoint & TRAIT_COUNTS.c.day.in_(labels))):
                scores[day][number] = count
        return [DayCounts(day, labels[day], tuple(scores[day])) for day in sorted(labels)]

    def histograms(self, checkpoint: str, since: str) -> dict[Trait, list[int]]:
        """What one checkpoint has seen from a day on."""
        total = func.sum(TRAIT_COUNTS.c.count)
        query = (
            select(TRAIT_COUNTS.c.trait, TRAIT_COUNTS.c.bin, total)
            .where((TRAIT_COUNTS.c.checkpoint == checkpoint) & (TRAIT_COUNTS.c.day >= since))
            .group_by(TRAIT_COUNTS.c.trait, TRAIT_COUNTS.c.bin)
        )
        found = {trait: [0] * bins for trait, bins in BINS.items()}
        with self.reading() as connection:
            for trait, number, count in connection.execute(query):
                found[Trait(trait)][number] = int(count)
        return found

    def agreements(self, champion: str, shadow: str) -> list[Agreement]:
        """How often two checkpoints gave which labels to the same statements."""
        columns = AGREEMENT_COUNTS.c
        sums = (func.sum(part) for part in (columns.count, columns.compared, columns.difference))
        query = (
            select(columns.champion_label, columns.shadow_label, *sums)
            .where((columns.champion == champion) & (columns.shadow == shadow))
            .group_by(columns.champion_label, columns.shadow_label)
        )
        with self.reading() as connection:
            return [
                Agreement(Label(label), Label(other), int(count), int(compared), int(difference))
                for label, other, count, compared, difference in connection.execute(query)
            ]

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that changes something."""
        with self._errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that changes nothing."""
        with self._errors(), self._engine.connect() as connection:
            yield connection.execution_options(**{READ_ONLY: True})

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise explain(error, self._engine.url.render_as_string(hide_password=True)) from None


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
            "PLUMBLINE_DATABASE_URL is not the address of a PostgreSQL database.",
            "It looks like postgresql://user:password@host/name.",
        )
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": _CONNECT_SECONDS},
        pool_pre_ping=True,
    )
    return Database(engine, now)


def _add(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Add rows to a table of counts: where there is one with the same key, its other columns grow."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    command = dialect.insert(table)
    counted = [column for column in table.columns if not column.primary_key]
    connection.execute(
        command.on_conflict_do_update(
            index_elements=[column.name for column in table.primary_key],
            set_={column.name: column + command.excluded[column.name] for column in counted},
        ),
        rows,
    )


_LARGEST_FEEDBACK = 64 * 1024
"""Bytes of its texts together, with the rows and pages that they take, about."""
_PROBE = Table("write_probe", MetaData(), Column("content", Text, nullable=False))


def try_writing(database: Database) -> None:
    """Write as much as the largest feedback takes, and take it away again.

    Raises
    ------
    StorageError
        If feedback could not be stored.
    """
    with database.writing() as connection:
        _PROBE.drop(connection, checkfirst=True)  # of a probe that was killed
        _PROBE.create(connection)
        connection.execute(insert(_PROBE).values(content="x" * _LARGEST_FEEDBACK))
    with database.writing() as connection:
        _PROBE.drop(connection)
