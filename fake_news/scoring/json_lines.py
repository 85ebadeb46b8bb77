"""Rows of a JSON Lines file: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fake_news.common.errors import DataError
from fake_news.scoring.csv_rows import decoded


def read(path: Path, encoding: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows with the numbers of their lines; empty lines are none.

    Raises
    ------
    DataError
        If a line is not of the encoding, not JSON, or no object; the message names it.
    OSError
        If the file cannot be read.
    """
    with path.open("rb") as file:
        for number, line in enumerate(decoded(file, path, encoding), start=1):
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
