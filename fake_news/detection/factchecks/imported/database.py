"""The database of imported fact-checks: one SQLite file, changed as a whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from fake_news.common.arrays import Int8Array
from fake_news.common.progress import Progress, no_progress
from fake_news.common.sqlite import create_private, open_to_read, turn_on_write_ahead_log
from fake_news.detection.encoder.encoder import Encoder
from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim, Rulings
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError, NotStoredError, storage_error
from fake_news.detection.factchecks.imported.review_store import ImportCounts, store, withdraw
from fake_news.detection.factchecks.imported.schema import FACTS, migrate, read_columns
from fake_news.detection.factchecks.imported.vectors import Encode, fill_vectors, imported_vectors, read_vectors
from fake_news.detection.factchecks.library import Library
from fake_news.detection.factchecks.ratings import label_of_rating
from fake_news.detection.factchecks.terms import TermTable

FILE_NAME = "fact_checks.sqlite3"
_BUSY_SECONDS = 2.0
_JOURNAL_LIMIT = 1 << 24  # bytes of a large import's journal that stay on the disk for the next one
_FREE_SHARE = 0.25  # of the file; more is worth rebuilding it


@dataclass(frozen=True, slots=True)
class Status:
    """What a database holds."""

    by_publisher: dict[str, int]
    newest: str | None
    without_label: int

    @property
    def count(self) -> int:
        """How many fact-checks there are."""
        return sum(self.by_publisher.values())


class ImportedDatabase:
    """The fact-checks that a reader imported.

    Parameters
    ----------
    folder : Path
        Where the database is, or will be once something is imported.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._lock = Lock()
        self._reading: sqlite3.Connection | None = None
        self._reading_file: tuple[int, int] | None = None

    def version(self) -> str:
        """Return a string that changes whenever the fact-checks do; empty if there are none or they are unreadable."""
        try:
            with self._lock:
                connection = self._open_for_reading()
                if connection is None:
                    return ""
                return str(connection.execute("SELECT number FROM revision").fetchone()[0])
        except (sqlite3.Error, OSError):
            self.close()
            return ""

    def library(self, table: TermTable, encoder: Encoder) -> Library | None:
        """Load all of them, ready to be searched; ``None`` if there are none or they cannot be read."""
        try:
            with self._reader() as connection:
                columns = read_columns(connection)
                rows = connection.execute(f"SELECT text, {FACTS} FROM fact_checks ORDER BY id").fetchall()
        except (ImportedFactChecksError, ValueError):  # the latter from truncated columns
            return None
        facts = [FactCheck(publisher, rating, None, *rest) for _, publisher, rating, *rest in rows]
        if not facts:
            return None
        texts = [row[0] for row in rows]
        vectors = imported_vectors(texts, self.vectors(encoder.identity), encoder)
        return Library.of(columns, vectors, Rulings.of(facts), table, texts)

    def add(
        self,
        claims: Iterable[RuledClaim],
        source: str = "",
        covers: Callable[[RuledClaim], bool] | None = None,
    ) -> ImportCounts:
        """Store reviews, all or none: new rulings are added, later reviews replace earlier ones.

        Parameters
        ----------
        source : where they come from
        covers : given if the source lists all that it has; a ruling of that source that it covers and no longer
            lists is withdrawn

        Raises
        ------
        ImportedFactChecksError
            If they cannot be stored, or ``claims`` fails; then nothing was changed.
        """
        with self._writer() as connection:
            stored = store(connection, claims, source)
            if covers is not None:
                withdraw(connection, source, stored, covers)
            if not stored.changes_nothing:
                _count_change(connection)
        return stored

    def encode(self, encode: Encode, encoder: str, progress: Progress = no_progress) -> int:
        """Make the missing vectors, committed batch by batch, and return how many.

        Raises
        ------
        ImportedFactChecksError
            If they cannot be stored; those of earlier batches are.
        """
        if not self.path.exists():
            return 0
        return fill_vectors(self._writer, encode, encoder, progress, _count_change)

    def vectors(self, encoder: str) -> Int8Array | None:
        """Read one vector for each fact-check, in the order of :meth:`library`; ``None`` if this encoder made none."""
        try:
            with self._reader() as connection:
                return read_vectors(connection, encoder)
        except ImportedFactChecksError:
            return None

    def remove(self, publisher: str | None = None, url: str | None = None) -> int:
        """Remove all fact-checks, those of a publisher, or those with an address, and return how many.

        Raises
        ------
        ImportedFactChecksError
            If they cannot be removed.
        """
        if not self.path.exists():
            return 0
        with self._writer() as connection:
            removed = connection.execute(
                "DELETE FROM fact_checks WHERE publisher = coalesce(?, publisher) COLLATE NOCASE "
                "AND url = coalesce(?, url)",
                (publisher, url),
            ).rowcount
            _count_change(connection)
        self._shrink()
        return removed

    def status(self) -> Status:
        """Count what is in the database.

        Raises
        ------
        ImportedFactChecksError
            If the database cannot be read.
        """
        if not self.path.exists():
            return Status({}, None, 0)
        with self._reader() as connection:
            if connection.execute("PRAGMA user_version").fetchone() == (0,):
                return Status({}, None, 0)  # its first import was interrupted
            counts = dict(
                connection.execute(
                    "SELECT publisher, count(*) FROM fact_checks GROUP BY 1 ORDER BY 2 DESC, 1"
                ).fetchall()
            )
            newest = connection.execute("SELECT max(review_date) FROM fact_checks").fetchone()[0]
            ratings = connection.execute("SELECT rating, count(*) FROM fact_checks GROUP BY 1").fetchall()
        return Status(counts, newest or None, sum(count for rating, count in ratings if not label_of_rating(rating)))

    def close(self) -> None:
        """Close the connection that stays open."""
        with self._lock:
            self._close_reading()

    def _close_reading(self) -> None:
        if self._reading is not None:
            self._reading.close()
            self._reading = self._reading_file = None

    def _open_for_reading(self) -> sqlite3.Connection | None:
        """Return the connection that stays open; a new one once the file was removed or rebuilt."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            self._close_reading()
            return None
        file = (found.st_dev, found.st_ino)
        if file != self._reading_file:
            self._close_reading()
            self._reading, self._reading_file = open_to_read(self.path, _BUSY_SECONDS), file
        return self._reading

    def _shrink(self) -> None:
        """Make the file smaller, and empty the journal, which still holds what was removed; best effort."""
        with suppress(sqlite3.Error), closing(self._connect()) as connection:
            free, pages = (
                connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count")
            )
            if free > _FREE_SHARE * pages:
                connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None)

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        with self._errors(), closing(open_to_read(self.path, _BUSY_SECONDS)) as connection:
            yield connection

    @contextmanager
    def _writer(self) -> Iterator[sqlite3.Connection]:
        with self._errors():
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            create_private(self.path)
            with closing(self._connect()) as connection:
                turn_on_write_ahead_log(connection, _BUSY_SECONDS)
                connection.execute(f"PRAGMA journal_size_limit = {_JOURNAL_LIMIT}")
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("BEGIN IMMEDIATE")
                try:
                    migrate(connection, self.path)
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise storage_error(error, self.path) from error
        except OSError as error:
            raise NotStoredError(
                f"{self.path} cannot be used ({error.strerror}).", "Make its folder writable, or set PLUMBLINE_HOME."
            ) from error


def _count_change(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE revision SET number = number + 1")
