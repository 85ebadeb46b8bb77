"""CSV tables of fact-checks: their columns, found by what they hold, and their rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.factchecks.imported.byte_stream import text_lines
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError, SkippedRowError
from fake_news.detection.factchecks.imported.fields import ruled_claim

_COLUMNS = {
    "text": ("claim", "text", "claim_text", "claim_reviewed", "claimreviewed", "statement"),
    "rating": (
        *("rating", "textual_rating", "textualrating", "reviewrating_alternatename", "alternate_name", "verdict"),
        *("review_rating", "label"),
    ),
    "publisher": ("publisher", "publisher_name", "publishername", "author", "author_name", "publisher_site"),
    "url": ("url", "link", "review_url", "reviewurl", "factcheck_analysis_link", "claimreview_url"),
    "speaker": ("speaker", "claimant", "itemreviewed_author_name", "statement_originator"),
    "claim_date": ("claim_date", "claimdate", "itemreviewed_datepublished", "statement_date"),
    "review_date": ("review_date", "reviewdate", "factcheck_date", "date", "date_published", "datepublished"),
    "headline": ("headline", "title"),
}
_NEEDED_COLUMNS = {"text": "claim", "rating": "rating", "url": "url"}
"""The columns that a table must have, and what each is best called."""
_LONGEST_CELL = 1 << 20
_LONGEST_LINE = 1 << 23
_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)  # for Excel


def _column_places(names: list[str]) -> dict[str, int]:
    """Find the columns of a table by what they hold; case, spaces and punctuation in names do not matter."""
    places = {
        re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_"): place
        for place, name in reversed(list(enumerate(names)))
    }
    return {
        what: next(places[name] for name in known if name in places)
        for what, known in _COLUMNS.items()
        if any(name in places for name in known)
    }


def table_rows(
    file: io.RawIOBase, name: str, encoding: str, skip: Callable[[str, int], None]
) -> Iterator[tuple[RuledClaim, object]]:
    """Read the fact-checks of a CSV table, each with its date as written.

    Raises
    ------
    ImportedFactChecksError
        If the columns are not named or a line is not a row of a table.
    """
    text = text_lines(file, encoding)
    before = csv.field_size_limit(_LONGEST_CELL)  # a setting of the whole process, so it is restored
    line = lines_before = 0
    try:
        header = text.readline(_LONGEST_CELL)
        lines_before = 1
        if _SEPARATOR_LINE.fullmatch(header.strip("\ufeff")):
            header = text.readline(_LONGEST_CELL)
            lines_before = 2
        delimiter = max(_DELIMITERS, key=lambda one: len(_column_places(_fields_of(header, one))))
        names = _fields_of(header, delimiter)
        places = _column_places(names)
        if missing := [column for needed, column in _NEEDED_COLUMNS.items() if needed not in places]:
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
    if any(row[columns:]):  # an unquoted comma: which field is which would be a guess
        raise SkippedRowError("more fields than the first line names")
    fields = {what: row[place] for what, place in places.items() if place < len(row)}
    return ruled_claim(fields), fields.get("review_date")


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Read line by line; an endless line is not read into memory."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise csv.Error(f"a line is longer than {_LONGEST_LINE:,} characters")
        yield line


def _fields_of(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])
