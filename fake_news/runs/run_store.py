"""The built-in store: a folder with one folder a run, which holds ``run.json`` and the run's plots."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from fake_news.common.errors import TrackingError
from fake_news.common.files import replace_file
from fake_news.common.locks import RunLock, is_held
from fake_news.common.paths import project_data_folder
from fake_news.runs.record import Record, Status

VARIABLE = "PLUMBLINE_RUNS"
RECORD_FILE = "run.json"
_LOCK_FILE = "lock"
_ID = re.compile(r"[0-9a-f]{8}")
_LATEST = re.compile(r"latest(:(?P<command>.+))?")
_ELSEWHERE = f"Name another with --runs or the environment variable {VARIABLE}."


def default_runs_folder() -> Path:
    """The folder that PLUMBLINE_RUNS names, else ``runs`` beside the data sets: ``data/runs`` of a checkout."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else project_data_folder() / "runs"


@dataclass(frozen=True)
class BrokenRecord:
    """A run whose record cannot be read, and why in one line."""

    id: str
    why: str


class RunStore:
    """The records under one folder.

    Parameters
    ----------
    folder
        Where they lie; made when the first run begins. Default: :func:`default_runs_folder`.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_runs_folder()

    def begin(self) -> tuple[str, RunLock]:
        """Make the folder of a new run; return its unique id, and the lock that marks the run as alive.

        Raises
        ------
        OSError
            If the folder cannot be made.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        while True:
            run_id = new_id()
            try:
                (self.folder / run_id).mkdir()
            except FileExistsError:
                continue
            return run_id, RunLock(self.folder / run_id / _LOCK_FILE)

    def save(self, record: Record) -> None:
        """Write a record, atomically.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        self._write(record.id, RECORD_FILE, record.model_dump_json(indent=1) + "\n")

    def save_plot(self, run_id: str, file_name: str, svg: str) -> None:
        """Write a plot beside the record.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        self._write(run_id, file_name, svg)

    def read(self, run_id: str) -> Record:
        """Read the record of a run; one whose process is gone is read as interrupted.

        Raises
        ------
        TrackingError
            If it cannot be read or is not a valid record.
        """
        path = self.folder / run_id / RECORD_FILE
        # Before the record is read: a run that ends in between must not seem interrupted.
        is_alive = is_held(self.folder / run_id / _LOCK_FILE)
        try:
            record = Record.model_validate_json(path.read_bytes())
        except OSError as error:
            raise TrackingError(f"{path} cannot be read ({error.strerror}).", "Remove the run's folder.") from error
        except ValidationError as error:
            raise TrackingError(
                f"{path} is not a valid record: {_first_fault(error)}.", "Remove the run's folder."
            ) from error
        if record.status is Status.RUNNING and not is_alive:
            return record.model_copy(update={"status": Status.INTERRUPTED, "error": record.error or "It was killed."})
        return record

    def read_plot(self, run_id: str, file_name: str) -> str:
        """Read a plot as text.

        Raises
        ------
        TrackingError
            If it cannot be read.
        """
        path = self.folder / run_id / file_name
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise TrackingError(f"The plot {path} cannot be read ({error}).", "Run the command again.") from error

    def save_receipt(self, run_id: str, tracker: str, place: str) -> None:
        """Store a receipt: a tracker has the record.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        self._write(run_id, f"sent-{tracker}.txt", place)

    def read_receipt(self, run_id: str, tracker: str) -> str | None:
        """Read where a tracker has the record; ``None`` if it does not."""
        try:
            return (self.folder / run_id / f"sent-{tracker}.txt").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return None

    def all(self) -> tuple[list[Record], list[BrokenRecord]]:
        """Read every record, the oldest first, and list those that are broken.

        Raises
        ------
        TrackingError
            If the folder cannot be read.
        """
        records: list[Record] = []
        broken: list[BrokenRecord] = []
        for run_id in self._ids():
            try:
                records.append(self.read(run_id))
            except TrackingError as error:
                broken.append(BrokenRecord(run_id, error.message))
        return sorted(records, key=lambda record: (record.started, record.id)), broken

    def find(self, abbreviation: str) -> Record:
        """Find a record by the beginning of its id, ``latest``, or ``latest:train`` for the last of a command.

        Raises
        ------
        TrackingError
            If none or several match, or the record is broken.
        """
        if latest := _LATEST.fullmatch(abbreviation):
            records, _ = self.all()
            if not records:
                raise TrackingError(f"There is no run in {self.folder} yet.", _ELSEWHERE)
            of_command = [record for record in records if latest["command"] in (None, record.command)]
            if not of_command:
                raise TrackingError(f"There is no run of {latest['command']!r} in {self.folder}.", _ELSEWHERE)
            return of_command[-1]
        fitting = [run_id for run_id in self._ids() if abbreviation and run_id.startswith(abbreviation)]
        if not fitting:
            raise TrackingError(
                f"There is no run {abbreviation!r} in {self.folder}.", "`python -m fake_news runs list` shows them."
            )
        if len(fitting) > 1:
            raise TrackingError(
                f"{abbreviation!r} is the beginning of {len(fitting)} runs: {', '.join(fitting[:5])}.",
                "Write more of the id.",
            )
        return self.read(fitting[0])

    def _ids(self) -> list[str]:
        try:
            return sorted(entry.name for entry in self.folder.iterdir() if _ID.fullmatch(entry.name))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise TrackingError(f"The runs in {self.folder} cannot be read ({error.strerror}).", _ELSEWHERE) from error

    def _write(self, run_id: str, name: str, text: str) -> None:
        replace_file(self.folder / run_id / name, text)


def new_id() -> str:
    """Make an id that no other run has, almost certainly."""
    return secrets.token_hex(4)


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    place = ".".join(map(str, fault["loc"]))
    return f"{place}: {fault['msg']}" if place else fault["msg"]
