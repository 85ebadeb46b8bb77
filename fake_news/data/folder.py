"""The data folder, and reading its files with errors that name file and line."""

from __future__ import annotations

import codecs
import csv
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.common.errors import DataError
from fake_news.common.paths import project_data_folder

if TYPE_CHECKING:
    import _csv

ENVIRONMENT_VARIABLE = "PLUMBLINE_DATA"
DEFAULT_FOLDER = project_data_folder() / "raw"


def data_folder(named: Path | None = None) -> Path:
    """Find the data folder: the one named, else ``$PLUMBLINE_DATA``, else ``data/raw``.

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


def folder_to_fill(named: Path | None = None) -> Path:
    """Find the data folder, and make it if it does not exist yet.

    Raises
    ------
    DataError
        If it cannot be made.
    """
    path = named or Path(os.environ.get(ENVIRONMENT_VARIABLE) or DEFAULT_FOLDER)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DataError(f"{path} cannot be made ({error.strerror}).", "Name another --data-dir.") from error
    return path


def read_text(path: Path) -> str:
    """Read a UTF-8 file.

    Raises
    ------
    DataError
        If it is missing or not UTF-8; the message names the line of the first wrong byte.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_utf8(path) from error


Problem = Callable[[DataError], None]
"""What to do about a malformed row: raise the error, or note it and continue with the next row."""


def raise_problem(error: DataError) -> None:
    """Raise the error: stop at the first malformed row."""
    raise error


def read_table(
    path: Path,
    columns: list[str],
    *,
    quoted: bool,
    separator: str = ",",
    header: bool = True,
    problem: Problem = raise_problem,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Read the rows of a table as (line number, {column: value}), one at a time: the file may be of any size.

    Parameters
    ----------
    columns : the columns needed (with a header), or all columns in order (without one)
    quoted : whether quotation marks group fields; several of the sets use them as plain characters
    problem : called with the error of a row that has the wrong number of fields

    Raises
    ------
    DataError
        If the file cannot be read, a column is missing or a row has the wrong number of fields; the message names the
        line.
    """
    # Unquoted fields hold no line breaks; what only Python takes for a line break does not end a row.
    newline = "" if quoted else "\n"
    try:
        with path.open(encoding="utf-8-sig", newline=newline) as stream:
            lines = stream if quoted else (line.removesuffix("\n") for line in stream)
            reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE)
            yield from _rows(path, reader, columns, header, problem)
    except OSError as error:
        raise _unreadable(path, error) from error
    except UnicodeDecodeError as error:
        raise _not_utf8(path) from error


def _rows(
    path: Path, reader: _csv.Reader, columns: list[str], header: bool, problem: Problem
) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        names = next(reader, []) if header else columns
        if missing := [column for column in columns if column not in names]:
            raise DataError(
                f"{path}, line 1: column {missing[0]!r} is missing; found {', '.join(names) or 'nothing'}.",
                "Is it the right file?",
            )
        # Later columns that are not needed may be missing: half of the subjectivity set lacks its last one.
        fewest = 1 + max(names.index(column) for column in columns)
        for row in reader:
            if not row:
                continue
            if not fewest <= len(row) <= len(names):
                problem(
                    DataError(
                        f"{path}, line {reader.line_num}: {len(row)} fields, expected {len(names)}.",
                        "Fix or remove the row.",
                    )
                )
                continue
            yield reader.line_num, dict(zip(names, (field.strip("\r") for field in row), strict=False))
    except csv.Error as error:
        raise DataError(f"{path}, line {reader.line_num}: {error}.", "Fix or remove the row.") from error


def _unreadable(path: Path, error: OSError) -> DataError:
    return DataError(
        f"The data set file {path} cannot be read ({error.strerror}).", "Get it, or name another --data-dir."
    )


def _not_utf8(path: Path) -> DataError:
    """The error of a file that is not UTF-8, with the line of its first wrong byte."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 0
    with path.open("rb") as stream:
        for line in stream:
            lines += 1
            try:
                decoder.decode(line)
            except UnicodeDecodeError as error:
                wrong = error.object[error.start]
                return DataError(f"{path}, line {lines}: byte 0x{wrong:02x} is not UTF-8.", "Save the file as UTF-8.")
    return DataError(f"{path}, line {lines}: ends in the middle of a character.", "Download the file again.")


def read_json(path: Path) -> Any:
    """Read a JSON file.

    Raises
    ------
    DataError
        If it is missing or not JSON; the message names the line.
    """
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise DataError(f"{path}, line {error.lineno}: not JSON ({error.msg}).", "Download the file again.") from error


def expect(value: str, allowed: dict[str, Any], path: Path, line: int, column: str) -> Any:
    """Look up what ``value`` stands for.

    Raises
    ------
    DataError
        If it is not one of the allowed values.
    """
    if value not in allowed:
        raise DataError(
            f"{path}, line {line}: {column} is {value!r}, expected one of {', '.join(allowed)}.",
            "Fix or remove the row.",
        )
    return allowed[value]
