"""Queries of feedback, counts and tokens, the same for SQLite and PostgreSQL. Importing this imports SQLAlchemy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from fake_news.database.lazy_database import database_error
from fake_news.database.records import Agreement, Counts, DayCounts, Feedback, NewFeedback, OutcomeCount
from fake_news.database.schema import AGREEMENT_COUNTS, FEEDBACK, LABEL_COUNTS, TOKENS, TRAIT_COUNTS, migrate
from fake_news.detection.verdict import Label
from fake_news.monitoring.traits import BINS, SCORE_BINS, Trait

READ_ONLY = "plumbline_read_only"
"""The execution option of transactions that change nothing."""


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
        """Close every connection."""
        self._engine.dispose()

    def add_feedback(self, feedback: NewFeedback) -> int:
        """Store feedback and return its id."""
        created = self._now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with self.writing() as connection:
            result = connection.execute(insert(FEEDBACK).values(created=created, **asdict(feedback)))
            return int(result.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row has a key

    def feedback(self, limit: int | None = None, offset: int = 0) -> list[Feedback]:
        """Read stored feedback, the latest first."""
        query = select(FEEDBACK).order_by(FEEDBACK.c.id.desc()).limit(limit).offset(offset)
        with self.reading() as connection:
            return [Feedback(**row) for row in connection.execute(query).mappings()]

    def feedback_count(self) -> int:
        """Count the stored feedback."""
        with self.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(FEEDBACK)).scalar_one())

    def feedback_outcomes(self) -> list[OutcomeCount]:
        """Count corrections by model, fact-checks and label, those of the latest model first."""
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
                # Outside of transactions: the write-ahead log still holds the deleted rows.
                driver: Any = connection.connection.driver_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return int(deleted)

    def add_counts(self, counts: Counts) -> None:
        """Add counts to the stored ones."""
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
        """Read the counts of the latest days that have any, in order; scores are those of one checkpoint."""
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
        """Read the histograms of one checkpoint from a day on."""
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
        """Read how often two checkpoints gave which labels to the same statements."""
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
        """Run a transaction that writes."""
        with self._errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Run a transaction that only reads."""
        with self._errors(), self._engine.connect() as connection:
            yield connection.execution_options(**{READ_ONLY: True})

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            raise database_error(error, self._engine.url.render_as_string(hide_password=True)) from None


def _add(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Add rows to a table of counts; where the key exists, add to its columns."""
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


@dataclass(frozen=True)
class Token:
    """A token: its user, its SHA-256, and when it was made (UTC, ISO 8601)."""

    name: str
    digest: str
    created: str


def all_tokens(database: Database) -> Sequence[Token]:
    """Read all valid tokens, by name."""
    with database.reading() as connection:
        return [Token(**row) for row in connection.execute(select(TOKENS).order_by(TOKENS.c.name)).mappings()]


def add_token(database: Database, name: str, digest: str) -> bool:
    """Store a token; return whether the name was free."""
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with database.writing() as connection:
        if connection.execute(select(TOKENS.c.name).where(TOKENS.c.name == name)).first() is not None:
            return False
        connection.execute(insert(TOKENS).values(name=name, digest=digest, created=created))
        return True


def delete_token(database: Database, name: str) -> bool:
    """Revoke a token; return whether the name had one."""
    with database.writing() as connection:
        return connection.execute(delete(TOKENS).where(TOKENS.c.name == name)).rowcount > 0
