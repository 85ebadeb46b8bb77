"""Writing scored rows: CSV, JSON Lines or Parquet, independent of the input's format."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from fake_news.common.errors import DataError
from fake_news.scoring.parquet import SUFFIX, ParquetSink, as_text, none_for_nan
from fake_news.scoring.source import FORMATS, Row


class Sink(Protocol):
    """Writes rows, one after the other."""

    def write(self, copied: Row, added: Row) -> None:
        """Write a row: the input's columns, and those that scoring adds."""

    def close(self) -> None:
        """Close the file."""


def open_sink(path: Path, suffix: str, source: Path, columns: Sequence[str], added: dict[str, type]) -> Sink:
    """Open a sink of the format that a suffix names.

    Parameters
    ----------
    columns, added : names of the input's columns; names and types of those that scoring adds
    """
    if suffix == SUFFIX:
        return ParquetSink(path, source, columns, added)
    return CsvSink(path, [*columns, *added]) if suffix == ".csv" else JsonLinesSink(path)


def check_format(path: Path) -> None:
    """Refuse an output of an unknown format.

    Raises
    ------
    DataError
        If its name does not end as it should.
    """
    if path.suffix.lower() not in FORMATS.split(", "):
        raise DataError(f"{path.name} ends in none of {FORMATS}.", "Name another output.")


class CsvSink:
    """Writes a CSV file in UTF-8; what is neither text nor number is written as JSON."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._columns = columns
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._writer.writerow(columns)

    def write(self, copied: Row, added: Row) -> None:
        """Write a row."""
        row = {**copied, **added}
        self._writer.writerow([as_text(row.get(column)) for column in self._columns])

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class JsonLinesSink:
    """Writes a JSON Lines file in UTF-8; not-a-number becomes ``null``, which JSON cannot express."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, copied: Row, added: Row) -> None:
        """Write a row."""
        row = {name: none_for_nan(value) for name, value in {**copied, **added}.items()}
        self._file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()
