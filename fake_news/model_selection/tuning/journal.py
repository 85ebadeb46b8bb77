"""The journal of a search: every finished trial is a line on disk, so that a killed search continues where it stopped.

A journal belongs to one fingerprint of data, configuration and code, which is its name and its first line: what was
measured on other rows or with other settings is never used.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Self

from fake_news.common.errors import PlumblineError
from fake_news.common.locks import RunLock
from fake_news.model_selection.tuning.trial import Score, Trial

_FINGERPRINT, _TRIAL, _SCORE, _REPORT = "fingerprint", "trial", "score", "report"


class Journal:
    """The finished trials of one search; use it in a ``with`` statement.

    Parameters
    ----------
    folder : of all journals
    fingerprint : of all that a score depends on
    resume : keep what an earlier search with the same fingerprint finished; otherwise begin a new journal

    Raises
    ------
    PlumblineError
        If another search with this fingerprint is under way, or the folder cannot be written to.
    """

    def __init__(self, folder: Path, fingerprint: str, resume: bool) -> None:
        self.path = folder / f"{fingerprint[:16]}.jsonl"
        self._scores: dict[str, Score] = {}
        self.report: Mapping[str, Any] | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = _acquire_lock(self.path.with_suffix(".lock"))
            try:
                self._file = self._opened(fingerprint, resume)
            except BaseException:
                self._lock.release()
                raise
        except OSError as error:
            raise PlumblineError(
                f"{folder} cannot be written to ({error.strerror}).", "Name another --scratch."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._lock.release()

    def __len__(self) -> int:
        return len(self._scores)

    def score(self, trial: Trial) -> Score | None:
        """The score of a finished trial; ``None`` if it is not finished."""
        return self._scores.get(trial.key)

    def add(self, trial: Trial, score: Score) -> None:
        """Store a finished trial on disk; once this returns, a kill cannot lose it."""
        self._append({_TRIAL: trial.key, _SCORE: asdict(score)})
        self._scores[trial.key] = score

    def finish(self, report: Mapping[str, Any]) -> None:
        """Store the report of the search, as plain values."""
        self._append({_REPORT: report})
        self.report = report

    def _opened(self, fingerprint: str, resume: bool) -> BinaryIO:
        whole = self._read(fingerprint) if resume else 0
        file = self.path.open("r+b" if whole else "wb")
        file.seek(whole)
        file.truncate()  # of a line that a kill cut short
        if not whole:
            file.write(json.dumps({_FINGERPRINT: fingerprint}).encode() + b"\n")
        return file

    def _append(self, record: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(record).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _read(self, fingerprint: str) -> int:
        """Read the complete lines, and return how many bytes they are."""
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return 0
        whole = content.rpartition(b"\n")[0] + b"\n"
        try:
            first, *others = map(json.loads, whole.splitlines())
            if first[_FINGERPRINT] != fingerprint:
                return 0
            for record in others:
                if _TRIAL in record:
                    self._scores[record[_TRIAL]] = Score(**record[_SCORE])
                else:
                    self.report = record[_REPORT]
        except (ValueError, KeyError, TypeError) as error:
            raise PlumblineError(
                f"The journal {self.path} is damaged ({error!r}).", "Remove it to start over."
            ) from error
        return len(whole)


def _acquire_lock(path: Path) -> RunLock:
    try:
        return RunLock(path)
    except OSError as error:
        raise PlumblineError(
            f"Another search of the same data and configuration is under way ({path} is locked).",
            "Wait for it, or name another --scratch.",
        ) from error
