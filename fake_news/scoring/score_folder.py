"""Scoring a folder of files, each by one worker from beginning to end: no row passes through the calling process.

    INPUT/part-*.csv ──► names ──► workers ──► OUTPUT.partial/part-*.csv ──► OUTPUT, put in its place as a whole

Workers read and write a folder that all of them see. A part appears complete or not at all, with a note beside it that
says what it was made from; the part of a worker that died is written again by another one, and never twice.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from fake_news.common.errors import DataError, PlumblineError
from fake_news.common.files import replace_file, replacing
from fake_news.common.locks import RunLock
from fake_news.common.parallel import Workers, code_fingerprint
from fake_news.scoring.chunk import Chunk, Judge, score_chunk
from fake_news.scoring.score_file import Progress, Summary, write_rows
from fake_news.scoring.source import FORMATS, Row, Source, open_source

_RUN_FILE, _LOCK_FILE, _NOTES = "run.json", "lock", "notes"


@dataclass(frozen=True)
class Part:
    """One file of the folder, its output, and how it is read."""

    path: Path
    output: Path
    text_column: str
    encoding: str
    chunk_rows: int

    @property
    def note(self) -> Path:
        """The file that says that the output is complete, and what it was made from."""
        return self.output.parent / _NOTES / f"{self.output.name}.json"

    def state(self) -> dict[str, int]:
        """Size and time of the file, by which a change is noticed."""
        status = self.path.stat()
        return {"bytes": status.st_size, "written": status.st_mtime_ns}


def parts_of(folder: Path, output: Path, text_column: str | None, encoding: str, chunk_rows: int) -> list[Part]:
    """List the files of a folder, in order; the first one decides which column holds the texts.

    Raises
    ------
    DataError
        If there are none, or the first cannot be read.
    """
    names = sorted(path.name for path in folder.iterdir() if path.suffix.lower() in FORMATS.split(", "))
    if not names:
        raise DataError(f"{folder} holds no files to score.", f"Their names end in one of {FORMATS}.")
    column = open_source(folder / names[0], text_column, encoding).text_column
    partial = output.with_name(output.name + ".partial").resolve()
    return [Part((folder / name).resolve(), partial / name, column, encoding, chunk_rows) for name in names]


def check_folder(folder: Path, output: Path, *, overwrite: bool) -> None:
    """Refuse an impossible output before anything is scored.

    Raises
    ------
    PlumblineError
        If it exists, lies within the input, or its parent folder does not exist.
    """
    if output.exists() and not (overwrite and output.is_dir()):
        raise PlumblineError(f"{output} exists already.", "Name another output, or replace it with --overwrite.")
    if output.resolve().is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(output.resolve()):
        raise PlumblineError(f"{output} cannot be the output of {folder}.", "Name a folder beside it.")
    if not output.parent.is_dir():
        raise PlumblineError(f"{output} cannot be written: there is no folder {output.parent}.", "Name another output.")


def score_parts(
    parts: list[Part], output: Path, judge: Judge, workers: Workers, *, overwrite: bool, progress: Progress
) -> Summary:
    """Score the parts that an earlier run has not, and move the folder into place.

    Raises
    ------
    PlumblineError
        If the folder cannot be written, another run is under way or left something, a part is malformed, or the
        workers were lost. What was finished is kept.
    """
    folder = parts[0].output.parent
    try:
        (folder / _NOTES).mkdir(parents=True, exist_ok=True)
        lock = _acquire_lock(folder, output)
        try:
            _begin(folder, judge, parts[0], overwrite=overwrite)
            finished = {part: note for part in parts if (note := _summary_of(part)) is not None}
            done = Summary(0, 0, 0, Counter())
            for note in finished.values():
                done = _plus(done, note, resumed=True)
            count = len(finished)
            progress(count)
            for note in workers.unordered(score_part, judge, [part for part in parts if part not in finished]):
                done = _plus(done, note, resumed=False)
                count += 1
                progress(count)
            _check_whole(parts)
        finally:
            lock.release()
        for name in (_RUN_FILE, _LOCK_FILE):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / _NOTES)
        if overwrite and output.is_dir():
            shutil.rmtree(output)
        folder.replace(output)
    except OSError as error:
        raise PlumblineError(
            f"{folder} cannot be written ({error.strerror}).",
            "Free some disk space, and run it again: it continues where it stopped.",
        ) from error
    return done


def score_part(judge: Judge, part: Part) -> dict[str, Any]:
    """Score one file and return its note; the worker holds one chunk at a time.

    Raises
    ------
    PlumblineError
        If the file is malformed, changes in the meantime, or this process has another checkpoint or other fact-checks.
    """
    state = part.state()
    source = open_source(part.path, part.text_column, part.encoding)
    with replacing(part.output) as draft:
        rows = _score_rows(judge, source, part.chunk_rows)
        summary = write_rows(draft, part.output.suffix.lower(), source, judge, rows)
        if part.state() != state or summary.rows != source.rows:
            raise PlumblineError(
                f"{part.path} changed while it was scored.", "Run it again: it continues where it stopped."
            )
    note = {
        "state": state,
        "rows": summary.rows,
        "without_text": summary.without_text,
        "labels": dict(summary.labels),
    }
    replace_file(part.note, json.dumps(note))
    return note


def _score_rows(judge: Judge, source: Source, chunk_rows: int) -> Iterator[tuple[Row, dict[str, Any]]]:
    rows = (row for _, row in source.read())
    number = 0
    while taken := list(islice(rows, chunk_rows)):
        _, columns = score_chunk(judge, Chunk(number, tuple(source.text(row) for row in taken)))
        yield from zip(taken, columns, strict=True)
        number += 1


def _acquire_lock(folder: Path, output: Path) -> RunLock:
    try:
        return RunLock(folder / _LOCK_FILE)
    except OSError as error:
        raise PlumblineError(f"Another run is writing {output}.", "Wait for it, or name another output.") from error


def _begin(folder: Path, judge: Judge, part: Part, *, overwrite: bool) -> None:
    """Continue what an earlier run of the same kind left, or begin."""
    run = {
        "checkpoint": judge.model_sha256,
        "state of the imported fact-checks": judge.imported_version,
        "choice of columns": judge.all_statements,
        "text column": part.text_column,
        "encoding": part.encoding,
        "state of the code": code_fingerprint(),
    }
    file = folder / _RUN_FILE
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    if before is not None and before != run and not overwrite:
        changed = next((name for name in run if run[name] != before.get(name)), "something")
        raise PlumblineError(
            f"{folder} is of a run with another {changed}.", "Start over with --overwrite, or name another output."
        )
    if overwrite or before is None:
        for path in (folder / _NOTES).iterdir():
            path.unlink()
    file.write_text(json.dumps(run), encoding="utf-8")


def _summary_of(part: Part) -> dict[str, Any] | None:
    try:
        note: dict[str, Any] = json.loads(part.note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return note if part.output.exists() and note.get("state") == part.state() else None


def _check_whole(parts: list[Part]) -> None:
    folder = parts[0].output.parent
    named = {part.output.name for part in parts}
    for path in folder.iterdir():  # drafts of workers that died, and parts of deleted files
        if path.is_file() and path.name not in {*named, _RUN_FILE, _LOCK_FILE}:
            path.unlink()
    if lacking := [part.output.name for part in parts if _summary_of(part) is None]:
        raise PlumblineError(
            f"{lacking[0]} is not finished, or its input changed.", "Run it again: it continues where it stopped."
        )


def _plus(summary: Summary, note: Mapping[str, Any], *, resumed: bool) -> Summary:
    rows = int(note["rows"])
    return Summary(
        summary.rows + rows,
        summary.resumed + (rows if resumed else 0),
        summary.without_text + int(note["without_text"]),
        summary.labels + Counter(note["labels"]),
    )
