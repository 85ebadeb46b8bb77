"""Tables of fact-checks: CSV with named columns, whatever separates them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.factchecks.imported.encodings import text_lines
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError, SkippedRowError
from fake_news.detection.factchecks.imported.rows import NEEDED_COLUMNS, column_places, ruled_claim

_LONGEST_FIELD = 1 << 20
_LONGEST_LINE = 1 << 23
_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)  # for Excel


def table_rows(
    file: io.RawIOBase, name: str, encoding: str, skip: Callable[[str, int], None]
) -> Iterator[tuple[RuledClaim, object]]:
    """The fact-checks of a table, each with its date as it is written.

    Raises
    ------
    ImportedFactChecksError
        If the columns are not named or a line is not a row of a table.
    """
    text = text_lines(file, encoding)
    before = csv.field_size_limit(_LONGEST_FIELD)  # the whole process's, so it is put back
    line = lines_before = 0
    try:
        header = text.readline(_LONGEST_FIELD)
        lines_before = 1
        if _SEPARATOR_LINE.fullmatch(header.strip("\ufeff")):
            header = text.readline(_LONGEST_FIELD)
            lines_before = 2
        delimiter = max(_DELIMITERS, key=lambda one: len(column_places(_fields_of(header, one))))
        names = _fields_of(header, delimiter)
        places = column_places(names)
        if missing := [column for needed, column in NEEDED_COLUMNS.items() if needed not in places]:
            raise ImportedFactChecksError(
                f"{name} has no column for: {', '.join(missing)}.",
                "Its first line has to name the columns claim, rating and url; publisher, speaker, claim_date, "
                "review_date and headline may follow.",
            )
        reader = csv.reader(_lines(text), delimiter=delimiter)
        for row in reader:
            line = lines_before + reader.line_num
            if any(row):
                try:
                    yield _from_row(row, places, len(names))
                except SkippedRowError as reason:
                    skip(str(reason), line)
    except csv.Error as error:
        raise ImportedFactChecksError(
            f"{name}, after line {line}: {error}.", "Correct the line. Nothing was imported."
        ) from error
    finally:
        csv.field_size_limit(before)


def _from_row(row: list[str], places: dict[str, int], columns: int) -> tuple[RuledClaim, object]:
    if any(row[columns:]):  # an unquoted comma: what stands where is a guess
        raise SkippedRowError("more fields than the first line names")
    fields = {what: row[place] for what, place in places.items() if place < len(row)}
    return ruled_claim(fields), fields.get("review_date")


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines as they come; one without an end is not read into memory."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise csv.Error(f"a line is longer than {_LONGEST_LINE:,} characters")
        yield line


def _fields_of(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])
