"""Scoring a file: one row in, one row out, in the same order, whichever worker did the work.

    input ──► chunks ──► workers ──► OUTPUT.partial/ ──► output, put in its place as a whole

Only the chunks that workers are scoring are in memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.common.files import file_sha256
from fake_news.common.parallel import Workers, code_fingerprint
from fake_news.scoring.chunk import ADDED, NO_TEXT, STATEMENTS, Chunk, Judge, score_chunk
from fake_news.scoring.partial_output import PartialOutput
from fake_news.scoring.sink import check_format, open_sink
from fake_news.scoring.source import Row, Source

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Summary:
    """What was scored: rows, those that an earlier run had scored, those without a text, and rows by label."""

    rows: int
    resumed: int
    without_text: int
    labels: Counter[str]


def run_description(source: Source, judge: Judge, chunk_rows: int) -> dict[str, Any]:
    """Everything that the scored rows depend on; the keys appear in the message that says what has changed."""
    return {
        "input": {"bytes": source.path.stat().st_size, "sha256": file_sha256(source.path)},
        "text column": source.text_column,
        "encoding": source.encoding,
        "checkpoint": judge.model_sha256,
        "state of the imported fact-checks": judge.imported_version,
        "choice of columns": judge.all_statements,
        "number of rows in a chunk": chunk_rows,
        "state of the code": code_fingerprint(),
    }


def score(
    source: Source,
    output: Path,
    judge: Judge,
    workers: Workers,
    partial: PartialOutput,
    chunk_rows: int,
    progress: Progress,
) -> Summary:
    """Score what the partial output lacks, then write the output and move it into place.

    Raises
    ------
    PlumblineError
        If the output cannot be written, the input changed in the meantime, or the workers were lost. Finished
        chunks are kept.
    """
    resumed = done = sum(min(chunk_rows, source.rows - number * chunk_rows) for number in partial.finished)
    progress(done)
    missing = (chunk for chunk, _ in _chunks(source, chunk_rows) if chunk.number not in partial.finished)
    for chunk, rows in workers.unordered(score_chunk, judge, missing):
        partial.add(chunk, rows)
        done += len(chunk.texts)
        progress(done)
    return _write(source, output, partial, judge, chunk_rows, resumed)


def check_output(output: Path, source: Source, *, overwrite: bool, all_statements: bool) -> None:
    """Refuse an impossible output before anything is scored.

    Raises
    ------
    PlumblineError
        If it exists, its folder does not, its format is unknown, or the input has one of the columns already.
    """
    check_format(output)
    if output.exists() and not overwrite:
        raise PlumblineError(f"{output} exists already.", "Name another output, or replace it with --overwrite.")
    if output.is_dir() or output.resolve() == source.path.resolve():
        raise PlumblineError(f"{output} cannot be the output.", "Name another.")
    if not output.parent.is_dir():
        raise PlumblineError(f"{output} cannot be written: there is no folder {output.parent}.", "Name another output.")
    if taken := [name for name in added_columns(all_statements=all_statements) if name in source.columns]:
        raise PlumblineError(
            f"{source.path} has a column {taken[0]} already: it has been scored before.", "Remove its verdict columns."
        )


def added_columns(*, all_statements: bool) -> dict[str, type]:
    """Names and kinds of the columns that are added."""
    return {name: kind for name, kind in ADDED.items() if all_statements or name != STATEMENTS}


def _chunks(source: Source, chunk_rows: int) -> Iterator[tuple[Chunk, list[Row]]]:
    rows = (row for _, row in source.read())
    number = 0
    while part := list(islice(rows, chunk_rows)):
        yield Chunk(number, tuple(source.text(row) for row in part)), part
        number += 1


def _write(
    source: Source, output: Path, partial: PartialOutput, judge: Judge, chunk_rows: int, resumed: int
) -> Summary:
    whole = partial.folder / "whole"
    rows = (
        pair for chunk, taken in _chunks(source, chunk_rows) for pair in zip(taken, partial.rows(chunk), strict=True)
    )
    try:
        summary = write_rows(whole, output.suffix.lower(), source, judge, rows)
        if summary.rows != source.rows:
            raise PlumblineError("The input changed while it was scored.", "Score it again with --overwrite.")
        whole.replace(output)
    except OSError as error:
        raise PlumblineError(
            f"{output} cannot be written ({error.strerror}).",
            "Free some disk space, and run it again: it continues where it stopped.",
        ) from error
    partial.remove()
    return replace(summary, resumed=resumed)


def write_rows(path: Path, suffix: str, source: Source, judge: Judge, scored: Iterable[tuple[Row, Row]]) -> Summary:
    """Write rows with their verdict columns to a file of the format that a suffix names, and count them.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    count, labels, without_text = 0, Counter[str](), 0
    added = added_columns(all_statements=judge.all_statements)
    sink = open_sink(path, suffix, source.path, source.columns, added)
    try:
        for row, columns in scored:
            sink.write(row, columns)
            count += 1
            without_text += columns["verdict_note"] == NO_TEXT
            labels[columns["verdict_label"] or ""] += 1
    finally:
        sink.close()
    return Summary(count, 0, without_text, labels)
