"""Recording a run: ``with Recorder().record("train", configuration=…) as run`` writes one record, however it ends.

A record never costs a run its result: if it cannot be written, one warning says so, and the run continues.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError, in_one_line
from fake_news.common.locks import RunLock
from fake_news.reporting.charts import Findings
from fake_news.runs.record import Artefact, Record, Status, code, environment, plain
from fake_news.runs.run_store import RunStore, new_id
from fake_news.runs.sending import send_in_background

logger = logging.getLogger(__name__)

_NOT_IN_FILE_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Recorder:
    """Where runs are recorded.

    Attributes
    ----------
    folder : the folder of records (default: PLUMBLINE_RUNS, else ``data/runs``)
    notes : further entries of every record, such as which folders were fetched from storage
    """

    folder: Path | None = None
    notes: Mapping[str, Any] = field(default_factory=dict)

    @contextmanager
    def record(
        self,
        command: str,
        *,
        configuration: Mapping[str, Any],
        data: Mapping[str, str] | None = None,
        seed: int | None = None,
    ) -> Iterator[Run]:
        """Record a run: when it began and ended, its input, and its result.

        Parameters
        ----------
        command
            The command, such as ``train``.
        configuration
            Every setting that the result depends on; paths, arrays and dataclasses are written as plain values.
        data
            SHA-256 by the name of the file or set that was read.
        seed
            The seed of the random numbers, if any are drawn.
        """
        run = Run(RunStore(self.folder), command, configuration, data or {}, seed, self.notes)
        try:
            yield run
        except KeyboardInterrupt:
            run.end(Status.INTERRUPTED, "It was stopped.")
            raise
        except BaseException as error:
            run.end(Status.FAILED, in_one_line(error))
            raise
        run.end(Status.FINISHED)


DEFAULT_RECORDER = Recorder()


class Run:
    """A run in progress. Every entry is written to its record at once, so that nothing is lost if the run is killed."""

    def __init__(
        self,
        store: RunStore,
        command: str,
        configuration: Mapping[str, Any],
        data: Mapping[str, str],
        seed: int | None,
        notes: Mapping[str, Any],
    ) -> None:
        self._store: RunStore | None = store
        self._lock: RunLock | None = None
        self._clock = time.monotonic()
        self._is_warned = False
        try:
            run_id, self._lock = store.begin()
        except OSError as error:
            self._warn(error)
            self._store, run_id = None, new_id()
        self._record = Record(
            id=run_id,
            command=command,
            arguments=sys.argv[1:],
            configuration=plain(configuration),
            seed=seed,
            code=code(),
            data=dict(data),
            environment=environment(),
            started=datetime.now(UTC),
            notes=plain(notes),
        )
        self._save()

    @property
    def id(self) -> str:
        """Eight hexadecimal digits."""
        return self._record.id

    def metrics(self, values: Mapping[str, float]) -> None:
        """Add figures; one with an existing name replaces the earlier one."""
        self._record.metrics |= {name: plain(float(value)) for name, value in values.items()}
        self._save()

    def plot(self, name: str, svg_text: str) -> None:
        """Add a plot, an ``<svg>`` element as text."""
        file_name = self._record.plots.get(name) or self._plot_file(name)
        try:
            if self._store:
                self._store.save_plot(self.id, file_name, svg_text)
        except OSError as error:
            self._warn(error)
            return
        self._record.plots[name] = file_name
        self._save()

    def findings(self, findings: Findings) -> None:
        """Add every figure as a metric and every chart as a plot; the intervals stay in the report."""
        from fake_news.reporting.plots import svg  # needs matplotlib, which a run without charts does not

        self.metrics(findings.metrics())
        for chart in findings.charts:
            self.plot(chart.title, svg(chart))

    def artefact(self, path: Path) -> None:
        """Add the size and SHA-256 of a file, or of a folder with all its files."""
        try:
            found = Artefact.of(path)
        except OSError as error:
            logger.warning("%s is not in the record of run %s: it cannot be read (%s).", path, self.id, error.strerror)
            return
        others = [other for other in self._record.artefacts if other.path != found.path]
        self._record.artefacts = [*others, found]
        self._save()

    def note(self, key: str, value: Any) -> None:
        """Add anything else that is worth knowing later."""
        self._record.notes[key] = plain(value)
        self._save()

    def end(self, status: Status, error: str | None = None) -> None:
        """Write how the run ended; called by :meth:`Recorder.record`."""
        self._record.status = status
        self._record.error = error
        self._record.ended = datetime.now(UTC)
        self._record.duration = round(time.monotonic() - self._clock, 3)
        self._save()
        if self._lock:
            self._lock.release()
        self._send()

    def _plot_file(self, name: str) -> str:
        """Make a file name that no other plot of the run has."""
        stem, taken = _NOT_IN_FILE_NAMES.sub("-", name).strip("-.") or "plot", self._record.plots.values()
        candidates = (f"{stem}{suffix}.svg" for suffix in ("", *(f"-{number}" for number in range(2, 2 + len(taken)))))
        return next(candidate for candidate in candidates if candidate not in taken)

    def _save(self) -> None:
        try:
            if self._store:
                self._store.save(self._record)
        except OSError as error:
            self._warn(error)

    def _send(self) -> None:
        """Send copies to the trackers; the record is kept even if that fails."""
        try:
            if self._store:
                send_in_background(self._store)
        except (OSError, PlumblineError) as error:
            logger.warning("The record of run %s is sent to no tracker: %s", self.id, error)

    def _warn(self, error: OSError) -> None:
        """Warn once; later writes are still attempted, as a full disk may have room again."""
        if not self._is_warned:
            logger.warning("The record of this run cannot be written (%s); the run continues without it.", error)
        self._is_warned = True
