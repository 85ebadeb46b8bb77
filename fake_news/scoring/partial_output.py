"""The partial output of an unfinished run: a folder beside the output, ``OUTPUT.partial``, of this run alone.

``run.json`` identifies the run: input, checkpoint, fact-checks, options, code. Every finished chunk is a file, written
atomically, with the fingerprint of its texts. So a killed run continues where it stopped, and never with the chunks of
another.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from fake_news.common.errors import PlumblineError
from fake_news.common.files import replace_file
from fake_news.common.locks import RunLock
from fake_news.scoring.chunk import Chunk

_RUN_FILE, _LOCK_FILE = "run.json", "lock"


class PartialOutput:
    """The finished chunks of one run; use it in a ``with`` statement.

    Parameters
    ----------
    output : the file that the run will write
    run : everything that its rows depend on, as plain values
    overwrite : start over and discard what an earlier run left

    Raises
    ------
    PlumblineError
        If the folder belongs to another run, or a run is in progress.
    """

    def __init__(self, output: Path, run: Mapping[str, Any], overwrite: bool) -> None:
        self.folder = output.with_name(output.name + ".partial")
        try:
            self.folder.mkdir(exist_ok=True)
            self._lock = self._acquire_lock()
            try:
                self._begin(run, overwrite)
                self.finished = {int(path.stem) for path in self.folder.glob("*.jsonl")}
            except BaseException:
                self._lock.release()
                raise
        except OSError as error:
            raise PlumblineError(
                f"{self.folder} cannot be written ({error.strerror}).", "Name another output."
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def add(self, chunk: Chunk, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store the rows of a chunk durably.

        Raises
        ------
        PlumblineError
            If it cannot be written.
        """
        lines = [json.dumps({"texts": chunk.sha256}), *(json.dumps(row) for row in rows)]
        try:
            replace_file(self._path(chunk.number), "\n".join(lines) + "\n")
        except OSError as error:
            raise PlumblineError(
                f"{self.folder} cannot be written ({error.strerror}).",
                "Free some disk space, and run it again: it continues where it stopped.",
            ) from error
        self.finished.add(chunk.number)

    def rows(self, chunk: Chunk) -> list[dict[str, Any]]:
        """The rows of a finished chunk.

        Raises
        ------
        PlumblineError
            If it has other texts, because the input changed, or is damaged.
        """
        path = self._path(chunk.number)
        try:
            first, *rows = map(json.loads, path.read_bytes().splitlines())
            same, whole = first["texts"] == chunk.sha256, len(rows) == len(chunk.texts)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise PlumblineError(f"{path} is damaged ({error!r}).", "Remove it, and run it again.") from error
        if not (same and whole):
            raise PlumblineError("The input changed while it was scored.", "Score it again with --overwrite.")
        return rows

    def remove(self) -> None:
        """Remove the folder once the output is complete."""
        self._lock.release()  # Windows does not remove open files
        shutil.rmtree(self.folder, ignore_errors=True)

    def _begin(self, run: Mapping[str, Any], overwrite: bool) -> None:
        path = self.folder / _RUN_FILE
        if path.exists() and not overwrite:
            try:
                earlier = json.loads(path.read_bytes())
            except ValueError:
                earlier = {}
            if changed := [name for name, value in run.items() if earlier.get(name) != value]:
                raise PlumblineError(
                    f"{self.folder} holds an unfinished run with another {' and another '.join(changed)}.",
                    "Run it as before to continue, or start over with --overwrite.",
                )
            return
        for left in self.folder.iterdir():
            if left.name != _LOCK_FILE:
                left.unlink()
        replace_file(path, json.dumps(run, indent=1) + "\n")

    def _acquire_lock(self) -> RunLock:
        try:
            return RunLock(self.folder / _LOCK_FILE)
        except OSError as error:
            raise PlumblineError(
                f"Another run is writing {self.folder.name.removesuffix('.partial')}.",
                "Wait for it, or name another output.",
            ) from error

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:08}.jsonl"
