"""An update of imported fact-checks: asking what is available, fetching it and importing it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fake_news.common.locks import RunLock
from fake_news.common.progress import Progress, no_progress
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError, NotStoredError
from fake_news.detection.factchecks.imported.file_import import Filters, Report, import_file
from fake_news.detection.factchecks.imported.vectors import encode_claims
from fake_news.detection.factchecks.shipped_fact_checks import ShippedFactChecks
from fake_news.pipelines.fact_check_update import google_api
from fake_news.pipelines.fact_check_update.feed import (
    DATA_COMMONS,
    DATA_COMMONS_NAME,
    Feed,
    Offer,
    check_is_feed,
    date_of_feed,
)
from fake_news.pipelines.fact_check_update.web import UpdateError, Web, not_written


@dataclass(frozen=True)
class Origin:
    """A source of fact-checks.

    Attributes
    ----------
    place : an address, a file, or Google's interface
    name : the name under which its rulings are kept
    is_complete : whether it always lists everything, so that missing rulings were withdrawn
    """

    place: str
    name: str
    is_complete: bool = False

    @property
    def is_web(self) -> bool:
        """Whether it has to be fetched."""
        return self.place.startswith(("http://", "https://"))


@dataclass
class Outcome:
    """The result of updating from one origin.

    Attributes
    ----------
    date : the day of the feed, in its own words
    report : what was done with its rows; ``None`` where nothing has changed since the last update
    """

    origin: Origin
    date: str = ""
    report: Report | None = None


@dataclass
class Update:
    """An update of a reader's imported fact-checks.

    Parameters
    ----------
    database : what is updated
    folder : downloads that are not imported yet
    filters : which fact-checks to import
    """

    database: ImportedDatabase
    folder: Path
    filters: Filters = field(default_factory=Filters)
    web: Web = field(default_factory=Web)

    def offer(self, origin: Origin) -> Offer:
        """Ask an address for size and date of what it offers.

        Raises
        ------
        UpdateError
            If it cannot be reached or refuses.
        """
        if not origin.is_web:
            path = Path(origin.place)
            return Offer(origin.place, path.stat().st_size if path.is_file() else None)
        return self._feed(origin).offer(self._wanted)

    def run(
        self,
        origin: Origin,
        offer: Offer,
        fetching: Progress = no_progress,
        importing: Progress = no_progress,
    ) -> Outcome:
        """Fetch and import from an address or a file.

        Raises
        ------
        PlumblineError
            If it cannot be fetched or read. The database is unchanged then, and the next update resumes the download.
        """
        if offer.is_known:
            return Outcome(origin, offer.modified)
        if not origin.is_web:
            return self._imported(origin, Path(origin.place), importing)
        feed = self._feed(origin)
        with self._lock():
            path = feed.fetch(offer, fetching)
            try:
                if origin.is_complete:
                    check_is_feed(path, origin.place)
                outcome = self._imported(origin, path, importing)
            except NotStoredError:
                raise  # the file is good: the next update uses it
            except (UpdateError, ImportedFactChecksError):
                feed.forget()
                raise
            feed.done(offer, self._wanted)
        return outcome

    def run_google(self, question: google_api.Question, key: str, address: str = google_api.ADDRESS) -> Outcome:
        """Ask Google's interface and import what it finds.

        Raises
        ------
        PlumblineError
            If it refuses or cannot be reached.
        """
        origin = Origin(address, google_api.NAME)
        with self._lock(), tempfile.TemporaryDirectory(dir=self.folder) as folder:
            path = Path(folder) / "answers.jsonl"
            if not google_api.fetch_claims(question, key, path, self.web, address):
                return Outcome(origin, report=Report())
            return self._imported(origin, path, no_progress)

    def _imported(self, origin: Origin, path: Path, progress: Progress) -> Outcome:
        report = import_file(
            path,
            self.database,
            progress,
            filters=self.filters,
            source=origin.name,
            is_complete=origin.is_complete,
            display_name=origin.place,
        )
        stored = report.stored
        if not (stored.added or stored.changed or stored.known or report.filtered):
            reasons = "; ".join(report.skipped) or "it is empty"
            raise UpdateError(f"{origin.place} has no fact-check that can be used ({reasons}).", "Is it the right one?")
        return Outcome(origin, date_of_feed(path), report)

    @property
    def _wanted(self) -> str:
        """The filters as text: after they change, a feed has to be imported again."""
        return repr(self.filters)

    def _feed(self, origin: Origin) -> Feed:
        return Feed(origin.place, self.folder, self.web)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Keep another update from writing into the same files."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / "lock").touch(mode=0o600)
        except OSError as error:
            raise not_written(self.folder, error) from error
        try:
            lock = RunLock(self.folder / "lock")
        except OSError as error:
            raise UpdateError("Another update is running.", "Try again when it is done.") from error
        with lock:
            yield


def data_commons() -> Origin:
    """The feed of ClaimReview that Data Commons compiles."""
    return Origin(DATA_COMMONS, DATA_COMMONS_NAME, is_complete=True)


def encode_imported(database: ImportedDatabase, checkpoint: Path, progress: Progress = no_progress) -> int:
    """Make the vectors that imported claims lack for a checkpoint's encoder, and return how many.

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged, or the vectors cannot be stored.
    """
    shipped = ShippedFactChecks.read(read_checkpoint(checkpoint))
    if shipped is None:
        return 0
    encoder = shipped.encoder
    return database.encode(lambda claims: encode_claims(encoder, claims), encoder.identity, progress)
