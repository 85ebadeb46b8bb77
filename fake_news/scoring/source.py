"""Reading the rows of a file to score: CSV, JSON Lines or Parquet, streamed."""

from __future__ import annotations

import codecs
import csv
import io
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from fake_news.common.errors import DataError
from fake_news.scoring.parquet import read_parquet

_LONGEST_FIELD = 2**26
_WIDE = ("utf_16", "utf_32")  # encodings in which a line end is not a single byte
Row = dict[str, Any]
Numbered = tuple[int, Row]
"""A row with the number that messages use: of its line, or in Parquet of the row."""

TEXT_COLUMNS = ("text", "statement", "claim", "sentence", "content", "tweet", "body")
"""Names that identify the column of texts where none is given."""


def read_csv(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Read rows with the number of the line on which they end.

    Raises
    ------
    DataError
        If a byte does not fit the encoding, a quotation mark is not closed, a row has too many or too few fields, or a
        column's name is missing or stands twice; the message names the line.
    OSError
        If the file cannot be read.
    """
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open("rb") as file:
        reader = csv.reader(_lines(file, path, encoding), strict=True)
        try:
            names = next(reader, [])
            _check_names(names, path)
            for fields in reader:
                if not fields:
                    continue  # empty lines do not count
                if len(fields) != len(names):
                    raise DataError(
                        f"{path}, line {reader.line_num}: {len(fields)} fields, expected {len(names)}.",
                        "Correct or remove the row.",
                    )
                yield reader.line_num, dict(zip(names, fields, strict=True))
        except csv.Error as error:
            raise DataError(
                f"{path}, line {reader.line_num}: {error}; is a quotation mark not closed, or not doubled?",
                "Correct or remove the row.",
            ) from error


def _lines(file: BinaryIO, path: Path, encoding: str) -> Iterator[str]:
    """Read the lines of a file, including line ends.

    Raises
    ------
    DataError
        If the encoding is unknown, or a line does not fit it; the message names the line.
    """
    try:
        codec = codecs.lookup(encoding).name.replace("-", "_")
    except LookupError as error:
        raise DataError(f"There is no encoding {encoding!r}.", "Such as --encoding utf-8, cp1252, utf-16.") from error
    if codec.startswith(_WIDE):
        yield from _wide_lines(file, path, encoding)
        return
    for number, line in enumerate(file, start=1):
        content = line.removeprefix(codecs.BOM_UTF8) if number == 1 and codec.startswith("utf_8") else line
        try:
            yield content.decode(encoding)
        except UnicodeDecodeError as error:
            wide = number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
            hint = "utf-16" if wide else "cp1252, or what it is"
            raise DataError(
                f"{path}, line {number}: byte 0x{content[error.start]:02x} is not {encoding}.",
                f"Save the file in one encoding, or name it: --encoding {hint}.",
            ) from error


def _wide_lines(file: BinaryIO, path: Path, encoding: str) -> Iterator[str]:
    lines = io.TextIOWrapper(file, encoding, newline="")
    number = 0
    try:
        for line in lines:
            number += 1
            yield line
    except UnicodeError as error:
        raise DataError(
            f"{path}, after line {number}: not {encoding} ({error}).", "Name another --encoding."
        ) from error
    finally:
        lines.detach()  # the caller closes the file


def _check_names(names: list[str], path: Path) -> None:
    for name in names:
        if not name.strip() or names.count(name) > 1:
            how = f"stands {names.count(name)} times" if name.strip() else "has no name"
            raise DataError(f"{path}, line 1: a column {name!r} {how}.", "Give every column a name of its own.")


def read_json_lines(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read rows with the numbers of their lines; empty lines do not count.

    Raises
    ------
    DataError
        If a line does not fit the encoding or is not a JSON object; the message names it.
    OSError
        If the file cannot be read.
    """
    with path.open("rb") as file:
        for number, line in enumerate(_lines(file, path, encoding), start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                why = error.msg if isinstance(error, json.JSONDecodeError) else "too deeply nested"
                raise DataError(f"{path}, line {number}: not JSON ({why}).", "Correct or remove the line.") from error
            if not isinstance(row, dict):
                raise DataError(
                    f"{path}, line {number}: {line.strip()!r:.60} is not an object.",
                    'A line looks like {"text": "…"}; correct or remove this one.',
                )
            yield number, row


_READERS: dict[str, Callable[[Path, str], Iterator[Numbered]]] = {
    ".csv": read_csv,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".parquet": read_parquet,
}

FORMATS = ", ".join(_READERS)


@dataclass(frozen=True)
class Source:
    """A file of rows, one of whose columns holds texts."""

    path: Path
    columns: tuple[str, ...]
    text_column: str
    rows: int
    encoding: str

    def read(self) -> Iterator[Numbered]:
        """Read the rows from the beginning."""
        return _reader(self.path)(self.path, self.encoding)

    def text(self, row: Row) -> str | None:
        """The text of a row; ``None`` where it is missing, empty or NaN."""
        value = row.get(self.text_column)
        return value if isinstance(value, str) and value.strip() else None


def open_source(path: Path, text_column: str | None, encoding: str) -> Source:
    """Read a file once, so that errors in it are reported before anything is scored.

    Raises
    ------
    DataError
        If it cannot be read, has no rows or an invalid one, or it is not clear which column holds the texts.
    """
    read = _reader(path)
    try:
        columns: dict[str, None] = {}
        rows, column = 0, ""
        for number, row in read(path, encoding):
            if rows == 0:
                column = _text_column(path, list(row), text_column)
            rows += 1
            columns.update(dict.fromkeys(row))
            _check_text(path, number, column, row.get(column))
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror or error}).", "Name another file.") from error
    if rows == 0:
        raise DataError(f"{path} holds no rows.", "Name another file.")
    return Source(path, tuple(columns), column, rows, encoding)


def _reader(path: Path) -> Callable[[Path, str], Iterator[Numbered]]:
    if reader := _READERS.get(path.suffix.lower()):
        return reader
    raise DataError(f"{path.name} ends in none of {FORMATS}.", "Rename or convert the file.")


def _text_column(path: Path, columns: list[str], named: str | None) -> str:
    listed = ", ".join(columns) or "none"
    if named is not None:
        if named in columns:
            return named
        raise DataError(f"{path} has no column {named!r}; it has {listed}.", "Name another with --text-column.")
    if len(columns) == 1:
        return columns[0]
    found = [column for column in columns if column.strip().lower() in TEXT_COLUMNS]
    if len(found) == 1:
        return found[0]
    which = f"{' and '.join(found)} could both" if found else "none has a name that says so"
    raise DataError(
        f"It is not clear which column of {path} holds the texts: {which}; it has {listed}.",
        "Name it with --text-column.",
    )


def _check_text(path: Path, number: int, column: str, value: Any) -> None:
    if value is None or isinstance(value, str) or (isinstance(value, float) and math.isnan(value)):
        return
    raise DataError(
        f"{path}, line {number}: {column} is {value!r:.60}, not a text.",
        "Correct the row, or name another --text-column.",
    )
