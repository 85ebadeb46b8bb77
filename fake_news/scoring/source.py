"""The rows of a file that is scored: CSV, JSON Lines or Parquet, read from beginning to end, never as a whole."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fake_news.common.errors import DataError
from fake_news.scoring import csv_rows, json_lines, parquet

Row = dict[str, Any]
Numbered = tuple[int, Row]
"""A row behind the number by which messages name it: of its line, or in Parquet of the row."""

TEXT_COLUMNS = ("text", "statement", "claim", "sentence", "content", "tweet", "body")
"""Names that a column of texts goes by, where nobody names it."""

_READERS: dict[str, Callable[[Path, str], Iterator[Numbered]]] = {
    ".csv": csv_rows.read,
    ".jsonl": json_lines.read,
    ".ndjson": json_lines.read,
    ".parquet": parquet.read,
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
        """The rows, each time from the beginning."""
        return _reader(self.path)(self.path, self.encoding)

    def text(self, row: Row) -> str | None:
        """A row's text; ``None`` where there is none, which is what NaN means too."""
        value = row.get(self.text_column)
        return value if isinstance(value, str) and value.strip() else None


def open_source(path: Path, text_column: str | None, encoding: str) -> Source:
    """Read a file once, so that whatever is wrong with it is said before anything is scored.

    Raises
    ------
    DataError
        If it cannot be read, holds no rows or a row that is none, or if it is not clear which column holds the texts.
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
