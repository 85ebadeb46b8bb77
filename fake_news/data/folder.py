"""Where the data sets lie, and reading their files with errors that name file and line."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fake_news.errors import DataError
from fake_news.places import workshop_folder

ENVIRONMENT_VARIABLE = "PLUMBLINE_DATA"
DEFAULT_FOLDER = workshop_folder() / "raw"


def data_folder(named: Path | None = None) -> Path:
    """The data folder: the one named, else ``$PLUMBLINE_DATA``, else ``data/raw``.

    Raises
    ------
    DataError
        If it is not a folder.
    """
    path = named or Path(os.environ.get(ENVIRONMENT_VARIABLE) or DEFAULT_FOLDER)
    if not path.is_dir():
        raise DataError(
            f"There is no data folder at {path}.",
            f"Name it with --data-dir or the environment variable {ENVIRONMENT_VARIABLE}.",
        )
    return path


def read_text(path: Path) -> str:
    """A UTF-8 file.

    Raises
    ------
    DataError
        If it is missing or not UTF-8; the message names the line of the first wrong byte.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(
            f"The data set file {path} cannot be read ({error.strerror}).", "Get it, or name another --data-dir."
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"{path}, line {line}: byte 0x{content[error.start]:02x} is not UTF-8.", "Save the file as UTF-8."
        ) from error


def read_table(
    path: Path, columns: list[str], *, quoted: bool, separator: str = ",", header: bool = True
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a table as (line number, {column: value}).

    Parameters
    ----------
    columns : the columns needed (with a header), or all columns in order (without one)
    quoted : whether quotation marks group fields; several of the sets use them as plain characters

    Raises
    ------
    DataError
        If a column is missing or a row has the wrong number of fields; the message names the line.
    """
    lines = io.StringIO(read_text(path), newline="") if quoted else read_text(path).split("\n")
    reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
    names = next(reader, []) if header else columns
    if missing := [column for column in columns if column not in names]:
        raise DataError(
            f"{path}, line 1: column {missing[0]!r} is missing; found {', '.join(names) or 'nothing'}.",
            "Is it the right file?",
        )
    # Later columns that nobody needs may be left out: half of the subjectivity set lacks its last one.
    fewest = 1 + max(names.index(column) for column in columns)
    try:
        for row in reader:
            if not row:
                continue
            if not fewest <= len(row) <= len(names):
                raise DataError(
                    f"{path}, line {reader.line_num}: {len(row)} fields, expected {len(names)}.",
                    "Mend or remove the row.",
                )
            yield reader.line_num, dict(zip(names, (field.strip("\r") for field in row), strict=False))
    except csv.Error as error:
        raise DataError(f"{path}, line {reader.line_num}: {error}.", "Mend or remove the row.") from error


def read_json(path: Path) -> Any:
    """A JSON file.

    Raises
    ------
    DataError
        If it is missing or not JSON; the message names the line.
    """
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise DataError(f"{path}, line {error.lineno}: not JSON ({error.msg}).", "Get the file anew.") from error


def expect(value: str, allowed: dict[str, Any], path: Path, line: int, column: str) -> Any:
    """What ``value`` stands for.

    Raises
    ------
    DataError
        If it is not one of the allowed values.
    """
    if value not in allowed:
        raise DataError(
            f"{path}, line {line}: {column} is {value!r}, expected one of {', '.join(allowed)}.",
            "Mend or remove the row.",
        )
    return allowed[value]
