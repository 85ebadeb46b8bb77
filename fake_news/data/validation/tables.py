"""The files of the sets as rows of text, one at a time, whatever their form."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from fake_news.data.folder import read_json, read_table
from fake_news.errors import DataError

Rows = Iterator[tuple[int, dict[str, str]]]
Reader = Callable[[Path], Rows]
"""Gives the rows of a file with their numbers: lines, or entries of a list, counted from 1."""


def table(columns: list[str], *, quoted: bool, separator: str = ",", header: bool = True) -> Reader:
    """A reader of CSV or TSV files; see :func:`fake_news.data.folder.read_table`."""
    return lambda path: read_table(path, columns, quoted=quoted, separator=separator, header=header)


def json_list(columns: list[str]) -> Reader:
    """A reader of files that hold a JSON list of objects."""

    def read(path: Path) -> Rows:
        entries = read_json(path)
        if not isinstance(entries, list):
            raise DataError(f"{path} holds no JSON list.", "Is it the right file?")
        return _objects(path, "entry", entries, columns)

    return read


def gzipped_json_lines(columns: list[str]) -> Reader:
    """A reader of gzip-compressed files with one JSON object a line."""

    def read(path: Path) -> Rows:
        try:
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                yield from _objects(path, "line", map(_parsed, lines), columns)
        except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
            raise DataError(
                f"The data set file {path} cannot be read ({error}).", "Get it, or name another --data-dir."
            ) from error

    return read


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError:
        return None


def _objects(path: Path, unit: str, entries: Iterable[Any], columns: list[str]) -> Rows:
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            raise DataError(f"{path}, {unit} {number}: no JSON object.", f"Mend or remove the {unit}.")
        if missing := [column for column in columns if column not in entry]:
            raise DataError(f"{path}, {unit} {number}: {missing[0]!r} is missing.", f"Mend or remove the {unit}.")
        yield number, {name: "" if value is None else str(value) for name, value in entry.items()}
