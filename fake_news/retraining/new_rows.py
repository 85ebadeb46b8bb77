"""New rows to learn from: files of rated statements, and readers' feedback on verdicts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fake_news.common.errors import DataError
from fake_news.data.folder import read_json, read_table, read_text
from fake_news.data.statements import SIX_WAY

NO_CLAIM = "no-claim"
RATINGS: Mapping[str, str] = {
    **{name: name for name in SIX_WAY},
    "barely-true": "mostly-false",  # LIAR's name for it
    NO_CLAIM: NO_CLAIM,
}
"""The labels of new rows, and the rating that each stands for."""

CORRECTIONS: Mapping[str, str] = {"false": "false", "mixed": "half-true", "true": "true", NO_CLAIM: NO_CLAIM}
"""What a reader's correction stands for; ``unsure`` teaches nothing."""
UNSURE = "unsure"
OTHER_CLAIM = "other-claim"
"""Says nothing about the statement itself; the relation model learns from it."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row as it was read, not checked yet.

    Attributes
    ----------
    where : file and line, or the number of the feedback
    rating : one of the six, ``no-claim``, or any other value of the file
    day : ISO 8601, or any other value of the file; empty if there is none
    """

    where: str
    text: str
    rating: str
    day: str = ""
    speaker: str = ""


def read_new_data(path: Path) -> Iterator[NewRow]:
    """Read rows of a CSV or JSON Lines file with ``text`` and ``label``, and optionally ``date`` and ``speaker``.

    Raises
    ------
    DataError
        If the file is missing, not UTF-8, has another ending or lacks a column, or a line is not a row at all.
    """
    if path.suffix == ".csv":
        rows: Iterator[tuple[int, Mapping[str, Any]]] = read_table(path, ["text", "label"], quoted=True)
    elif path.suffix in (".jsonl", ".ndjson"):
        rows = _json_lines(path)
    else:
        raise DataError(f"{path} is neither .csv nor .jsonl.", "Save it as one of the two.")
    for line, row in rows:
        label = _plain(row.get("label"))
        yield NewRow(
            f"{path.name}, line {line}",
            _plain(row.get("text")),
            RATINGS.get(label.strip().lower(), label),
            _plain(row.get("date")),
            _plain(row.get("speaker")),
        )


def read_feedback_file(path: Path) -> Iterator[NewRow]:
    """Read rows of an export of the dashboard, JSON or CSV.

    Raises
    ------
    DataError
        If the file is missing or not such an export.
    """
    for position, row in enumerate(feedback_records(path), start=1):
        yield feedback_row(f"{path.name}, feedback {row.get('id', position)}", row)


def feedback_records(path: Path) -> Iterator[Mapping[str, Any]]:
    """Read the records of an export of the dashboard unchanged; raises what :func:`read_feedback_file` does."""
    rows: list[Any]
    if path.suffix == ".csv":
        found = [row for _, row in read_table(path, ["id", "created", "statement", "correction"], quoted=True)]
        rows = [{name: _without_guard(value) for name, value in row.items()} for row in found]
    else:
        document = read_json(path)
        if not isinstance(document, dict) or not isinstance(document.get("feedback"), list):
            raise DataError(f"{path} is not an export of feedback.", "Export it again: the dashboard, view Feedback.")
        rows = document["feedback"]
    for position, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise DataError(
                f"{path}, entry {position}: not a record of feedback.", "Export it again: the dashboard, view Feedback."
            )
        yield row


def feedback_row(where: str, row: Mapping[str, Any]) -> NewRow:
    """Convert exported or stored feedback into a new row; its day is the day it was given."""
    correction = _plain(row.get("correction"))
    return NewRow(
        where, _plain(row.get("statement")), CORRECTIONS.get(correction, correction), _plain(row.get("created"))[:10]
    )


def _json_lines(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, content in enumerate(read_text(path).split("\n"), start=1):
        if not content.strip():
            continue
        try:
            row = json.loads(content)
        except ValueError as error:
            raise DataError(f"{path}, line {line}: not JSON ({error}).", "Correct or remove the line.") from error
        if not isinstance(row, dict):
            raise DataError(f"{path}, line {line}: not an object with text and label.", "Correct or remove the line.")
        yield line, row


def _plain(value: Any) -> str:
    """A value as text; missing values, such as NaN, are empty."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _without_guard(value: str) -> str:
    """Remove the apostrophe that keeps spreadsheets from evaluating a cell."""
    return value[1:] if value.startswith("'") and value[1:].startswith(_FORMULA) else value
