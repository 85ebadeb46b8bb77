"""Validating a set against its schema, a chunk of rows at a time: a file of any size needs the memory of one chunk.

What depends on all rows at once, such as which texts repeat, takes eight bytes a row.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
from pandera.errors import SchemaErrors

from fake_news.common.arrays import IntArray, UInt64Array
from fake_news.common.errors import DataError
from fake_news.common.progress import Progress, no_progress
from fake_news.data.cleaning import letters_only
from fake_news.data.validation.schemas import SAYS, SCHEMAS
from fake_news.data.validation.tables import SetSchema, TableSchema

_CHUNK_ROWS = 20_000
_MOST_NAMED = 10
_OF_FILES = ("files", "readable", "rows")
"""The expectations that can be checked without any row."""


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row that breaks an expectation; ``value`` is empty where it would be a text of the set."""

    file: str
    row: int
    column: str = ""
    value: str = ""


@dataclass
class Expectation:
    """The result of one expectation: how many rows break it, how many are known to, and the first of them.

    ``checked`` is false where there was no row to check.
    """

    name: str
    broken: int = 0
    known: int = 0
    checked: bool = True
    named: list[BrokenRow] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether no more rows break it than are known to."""
        return self.broken <= self.known and not self.messages

    @property
    def says(self) -> str:
        """The expectation in words."""
        return SAYS[self.name]

    def name_row(self, row: BrokenRow) -> None:
        """Count a row that breaks it, and keep the first ones."""
        self.broken += 1
        if len(self.named) < _MOST_NAMED:
            self.named.append(row)


@dataclass
class Validation:
    """The results of validating a set."""

    name: str
    rows: dict[str, int]
    expectations: list[Expectation]

    @property
    def holds(self) -> bool:
        """Whether every expectation holds."""
        return all(expectation.holds for expectation in self.expectations)


@dataclass
class _RowIndex:
    """What is kept of the rows of a file: hashes of texts and identifiers, row numbers, counts."""

    texts: array[int] = field(default_factory=lambda: array("Q"))
    numbers: array[int] = field(default_factory=lambda: array("L"))
    identifiers: array[int] = field(default_factory=lambda: array("Q"))
    labels: Counter[str] = field(default_factory=Counter)
    rows: int = 0


def validate(name: str, folder: Path, *, own_data: bool = False, progress: Progress = no_progress) -> Validation:
    """Validate the set ``name`` in the data folder against its schema.

    Parameters
    ----------
    own_data : the files are not the published ones but others of the same format: any number of rows is right

    Raises
    ------
    DataError
        If no schema has that name. Faults of the files are in the result.
    """
    if name not in SCHEMAS:
        raise DataError(f"There are no expectations of a set {name!r}.", f"Sets with some: {', '.join(SCHEMAS)}.")
    found = {expectation: Expectation(expectation) for expectation in SAYS}
    schema, seen = SCHEMAS[name], {}
    for table in schema.tables:
        paths = _files(folder / name, table, found["files"], own_data)
        for path in paths:
            file = path.relative_to(folder / name).as_posix()
            seen[file] = _read(path, file, table, found, progress)
        _whole_table(table, {file: rows for file, rows in seen.items() if fnmatch(file, table.files)}, found, own_data)
    _across(schema, seen, found["across-splits"])
    used = _names_used(schema)
    rows = {file: part.rows for file, part in seen.items()}
    if not sum(rows.values()):
        for expectation in found.values():
            expectation.checked = expectation.name in _OF_FILES or not expectation.holds
    return Validation(name, rows, [expectation for expectation in found.values() if expectation.name in used])


def text_hash(text: str) -> int:
    """Hash a text to eight bytes, the same for copies that differ in punctuation, capitals and spaces."""
    return int.from_bytes(hashlib.blake2b(letters_only(text).encode(), digest_size=8).digest(), "little")


def repeats(hashes: UInt64Array) -> IntArray:
    """Find the positions of the rows that repeat an earlier one."""
    _, first = np.unique(hashes, return_index=True)
    again = np.ones(len(hashes), dtype=bool)
    again[first] = False
    return np.flatnonzero(again)


def _files(place: Path, table: TableSchema, expectation: Expectation, own_data: bool) -> list[Path]:
    paths = sorted(place.glob(table.files))
    wanted = [] if own_data else [file for file in table.rows if "*" not in file]
    for file in wanted:
        if not (place / file).is_file():
            expectation.messages.append(f"{place / file} is missing.")
    if not paths and not wanted:
        expectation.messages.append(f"There is no {table.files} in {place}.")
    return paths


def _read(path: Path, file: str, table: TableSchema, found: dict[str, Expectation], progress: Progress) -> _RowIndex:
    """Check every row by itself, and keep what checks of the whole file need."""
    seen = _RowIndex()
    readable = found["readable"]

    def note(error: DataError) -> None:
        readable.broken += 1
        if len(readable.messages) < _MOST_NAMED:
            readable.messages.append(error.message)

    try:
        for numbers, frame in _chunks(table.read(path, note)):
            _check_rows(frame.set_axis(numbers), file, table, found)
            seen.rows += len(frame)
            progress(seen.rows, None)
            if table.text:
                seen.texts.extend(map(text_hash, frame[table.text]))
                seen.numbers.extend(numbers)
            if table.identifier:
                seen.identifiers.extend(map(text_hash, frame[table.identifier]))
            if table.label:
                seen.labels.update(frame[table.label])
    except DataError as error:
        readable.messages.append(error.message)
    return seen


def _chunks(rows: Iterable[tuple[int, dict[str, str]]]) -> Iterator[tuple[list[int], pd.DataFrame]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, _CHUNK_ROWS)):
        yield [number for number, _ in chunk], pd.DataFrame([row for _, row in chunk], dtype=str).fillna("")


def _check_rows(frame: pd.DataFrame, file: str, table: TableSchema, found: dict[str, Expectation]) -> None:
    try:
        table.schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        for failure in errors.failure_cases.itertuples():
            column = str(failure.column)
            value = "" if column == table.text else str(failure.failure_case)[:40]
            found[str(failure.check)].name_row(BrokenRow(file, int(failure.index), column, value))


def _whole_table(table: TableSchema, seen: dict[str, _RowIndex], found: dict[str, Expectation], own_data: bool) -> None:
    for file, rows in seen.items():
        for position in repeats(np.array(rows.identifiers, dtype=np.uint64)):
            number = rows.numbers[position] if rows.numbers else int(position) + 1
            found["identifier"].name_row(BrokenRow(file, int(number), table.identifier))
        for position in repeats(np.array(rows.texts, dtype=np.uint64)):
            found["repeated"].name_row(BrokenRow(file, rows.numbers[int(position)]))
        found["repeated"].known += table.repeated.get(file, 0)
        if absent := [label for label in table.labels if not rows.labels[label]]:
            found["every-label"].messages.append(f"{file}: no row is {' or '.join(absent)}.")
    for pattern, count in {} if own_data else table.rows.items():
        has = sum(rows.rows for file, rows in seen.items() if fnmatch(file, pattern))
        if seen and has != count:
            found["rows"].messages.append(f"{pattern} has {has:,} rows, expected {count:,}.")


def _across(schema: SetSchema, seen: dict[str, _RowIndex], expectation: Expectation) -> None:
    for (first, second), known in schema.across.items():
        expectation.known += known
        if first in seen and second in seen:
            theirs, ours = (np.array(seen[file].texts, dtype=np.uint64) for file in (first, second))
            for position in np.flatnonzero(np.isin(ours, theirs)):
                expectation.name_row(BrokenRow(second, seen[second].numbers[int(position)], value=f"also in {first}"))


def _names_used(schema: SetSchema) -> set[str]:
    """The names of the expectations that apply to a set."""
    used = set(_OF_FILES)
    for table in schema.tables:
        used |= {str(check.error) for column in table.schema.columns.values() for check in column.checks}
        used |= {"identifier"} if table.identifier else set()
        used |= {"repeated"} if table.text else set()
        used |= {"every-label"} if table.labels else set()
    return used | ({"across-splits"} if schema.across else set())
