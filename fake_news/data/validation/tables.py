"""The tables of a set: what is expected of each, and readers for the rows of its files, whatever their format."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pandera.pandas as pa

from fake_news.common.errors import DataError
from fake_news.data.folder import Problem, raise_problem, read_json, read_table

Rows = Iterator[tuple[int, dict[str, str]]]


class Reader(Protocol):
    """Yields the rows of a file with their numbers: those of lines, or of entries of a list, from 1."""

    def __call__(self, path: Path, problem: Problem = ...) -> Rows:
        """Read a file; a malformed row is passed to ``problem``, and reading continues unless that raises."""


@dataclass(frozen=True)
class TableSchema:
    """The files of a set that have one format.

    Attributes
    ----------
    files : pattern of their paths within the set's folder
    read : reads one of them
    schema : expectations of single rows; each check's ``error`` is the name of the expectation
    rows : how many each file has, by its path, or all together, under the pattern
    text, label, identifier : names of these columns, empty where there is none; texts are never shown in a report
    labels : every label that the table must have
    repeated : how many rows of a file are known to repeat an earlier one's text, by its path
    """

    files: str
    read: Reader
    schema: pa.DataFrameSchema
    rows: dict[str, int]
    text: str = ""
    label: str = ""
    labels: tuple[str, ...] = ()
    identifier: str = ""
    repeated: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SetSchema:
    """All tables of a set.

    Attributes
    ----------
    across : for pairs of files, how many rows of the second are known to repeat a text of the first
    """

    tables: tuple[TableSchema, ...]
    across: dict[tuple[str, str], int] = field(default_factory=dict)


def table(columns: list[str], *, quoted: bool, separator: str = ",", header: bool = True) -> Reader:
    """Make a reader of CSV or TSV files; see :func:`fake_news.data.folder.read_table`."""

    def read(path: Path, problem: Problem = raise_problem) -> Rows:
        return read_table(path, columns, quoted=quoted, separator=separator, header=header, problem=problem)

    return read


def json_list(columns: list[str]) -> Reader:
    """Make a reader of files that hold a JSON list of objects."""

    def read(path: Path, problem: Problem = raise_problem) -> Rows:
        entries = read_json(path)
        if not isinstance(entries, list):
            raise DataError(f"{path} holds no JSON list.", "Is it the right file?")
        return _objects(path, "entry", entries, columns, problem)

    return read


def gzipped_json_lines(columns: list[str]) -> Reader:
    """Make a reader of gzip-compressed files with one JSON object a line."""

    def read(path: Path, problem: Problem = raise_problem) -> Rows:
        try:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                yield from _objects(path, "line", map(_parse, lines), columns, problem)
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            raise DataError(
                f"The data set file {path} cannot be read ({error}).", "Get it, or name another --data-dir."
            ) from error

    return read


def _parse(line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        return None


def _objects(path: Path, unit: str, entries: Iterable[Any], columns: list[str], problem: Problem) -> Rows:
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            problem(DataError(f"{path}, {unit} {number}: no JSON object.", f"Fix or remove the {unit}."))
            continue
        if missing := [column for column in columns if column not in entry]:
            problem(DataError(f"{path}, {unit} {number}: {missing[0]!r} is missing.", f"Fix or remove the {unit}."))
            continue
        yield number, {name: "" if value is None else str(value) for name, value in entry.items()}
