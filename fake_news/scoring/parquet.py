"""Reading and writing Parquet with pyarrow, an optional package; and converting values for text formats."""

from __future__ import annotations

import importlib.util
import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fake_news.common.errors import DataError, PlumblineError
from fake_news.common.installation import how_to_install

_AT_ONCE = 1000
SUFFIX = ".parquet"


def as_text(value: Any) -> str | None:
    """Convert a value to text; lists and objects become JSON."""
    value = none_for_nan(value)
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict | bool) else str(value)


def none_for_nan(value: Any) -> Any:
    """Replace not-a-number by ``None``."""
    return None if isinstance(value, float) and math.isnan(value) else value


def read_parquet(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read rows with their numbers, from 1.

    Raises
    ------
    DataError
        If it is not a Parquet file, or damaged.
    OSError
        If the file cannot be read.
    """
    del encoding  # Parquet's texts are UTF-8
    require_pyarrow()
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_AT_ONCE):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
    except pa.ArrowException as error:
        reason = str(error).splitlines()[0]
        raise DataError(f"{path}, after row {number}: not Parquet, or damaged ({reason}).", "Get it again.") from error


def require_pyarrow() -> None:
    """Require pyarrow.

    Raises
    ------
    PlumblineError
        If it is missing; the hint says how to install it.
    """
    if importlib.util.find_spec("pyarrow") is None:
        raise PlumblineError(
            "Parquet needs pyarrow.", f"Install it: `{how_to_install('pyarrow')}`; or use CSV or JSON Lines."
        )


class ParquetSink:
    """Writes rows to a Parquet file.

    Parameters
    ----------
    path : the file to write
    columns : names of the columns that are copied; they keep the types of ``source``, where that is Parquet too
    added : types of the added columns, by name
    """

    def __init__(self, path: Path, source: Path, columns: Sequence[str], added: dict[str, type]) -> None:
        require_pyarrow()
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {str: pa.string(), float: pa.float64(), int: pa.int64()}
        self._typed = source.suffix.lower() == SUFFIX
        copied = list(pq.read_schema(source)) if self._typed else [pa.field(name, pa.string()) for name in columns]
        self._schema = pa.schema([*copied, *(pa.field(name, kinds[kind]) for name, kind in added.items())])
        self._writer: Any = pq.ParquetWriter(path, self._schema)
        self._table: Any = pa.Table
        self._columns = columns
        self._waiting: list[dict[str, Any]] = []

    def write(self, copied: dict[str, Any], added: dict[str, Any]) -> None:
        """Write a row."""
        kept = copied if self._typed else {name: as_text(value) for name, value in copied.items()}
        self._waiting.append({**kept, **{name: _flat(value) for name, value in added.items()}})
        if len(self._waiting) == _AT_ONCE:
            self._flush()

    def close(self) -> None:
        """Write the buffered rows, and close the file."""
        if self._waiting:
            self._flush()
        self._writer.close()

    def _flush(self) -> None:
        self._writer.write_table(self._table.from_pylist(self._waiting, schema=self._schema))
        self._waiting = []


def _flat(value: Any) -> Any:
    return as_text(value) if isinstance(value, list | dict) else value
