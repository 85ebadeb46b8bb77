"""Importing a file of fact-checks: read as a stream, checked row by row, stored as a whole or not at all."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from fake_news.factchecks.fact_check import RuledClaim
from fake_news.factchecks.own.database import OwnDatabase
from fake_news.factchecks.own.errors import OwnFactChecksError
from fake_news.factchecks.own.json_stream import entries
from fake_news.factchecks.own.rows import (
    NEEDED_COLUMNS,
    SkippedRowError,
    claim_reviews,
    column_places,
    from_claim_review,
    ruled_claim,
)

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are read."""

_LONGEST_FIELD = 1 << 20
_UNDATED = "kept without a date, as none could be read"


@dataclass
class Report:
    """What became of a file's rows.

    Attributes
    ----------
    added, known : how many are new, and how many were there already or stand in the file twice
    skipped : how many were left out, by reason
    first : where the first one of each reason is
    notes : what else is worth knowing, counted
    """

    added: int = 0
    known: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    notes: Counter[str] = field(default_factory=Counter)

    def skip(self, reason: str, number: int) -> None:
        """Count a row that was left out."""
        self.skipped[reason] += 1
        self.first.setdefault(reason, number)


def import_file(path: Path, database: OwnDatabase, progress: Progress = lambda done, of: None) -> Report:
    """Import ClaimReview (JSON, JSON-LD, DataFeed) or CSV.

    Raises
    ------
    OwnFactChecksError
        If the file cannot be read or nothing can be stored; then the database is as it was.
    """
    report = Report()
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            watched = _Watched(file, size, progress)
            beginning = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n\x1e")
            file.seek(0)
            if not beginning:
                raise OwnFactChecksError(f"{path} is empty.", "Is it the right file?")
            read = _json_rows if beginning[:1] in (b"{", b"[") else _csv_rows
            report.added, report.known = database.add(read(watched, path.name, report))
    except OSError as error:
        raise OwnFactChecksError(f"{path} cannot be read ({error.strerror}).", "Is it the right file?") from error
    return report


class _Watched(io.RawIOBase):
    """A file that tells how far it was read."""

    def __init__(self, file: BinaryIO, size: int, progress: Progress) -> None:
        self._file, self._size, self._progress = file, size, progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._file.read(len(buffer))
        buffer[: len(content)] = content
        self._progress(self._file.tell(), self._size)
        return len(content)


def _json_rows(file: io.RawIOBase, name: str, report: Report) -> Iterator[RuledClaim]:
    for number, entry in enumerate(entries(file, name), start=1):  # type: ignore[arg-type]  # read() is all it needs
        reviews = list(claim_reviews(entry))
        if not reviews:
            report.skip("no ClaimReview", number)
        for review in reviews:
            try:
                yield _noted(from_claim_review(review), review.get("datePublished"), report)
            except SkippedRowError as reason:
                report.skip(str(reason), number)


def _csv_rows(file: io.RawIOBase, name: str, report: Report) -> Iterator[RuledClaim]:
    text = io.TextIOWrapper(io.BufferedReader(file), encoding="utf-8-sig", newline="")
    before = csv.field_size_limit(_LONGEST_FIELD)  # the whole process's, so it is put back
    try:
        reader = csv.reader(text)
        places = column_places(next(reader, []))
        if missing := [column for column in NEEDED_COLUMNS if column not in places]:
            raise OwnFactChecksError(
                f"{name} has no column for: {', '.join(missing)}.",
                "Its first line has to name the columns claim, rating, publisher and url; speaker, claim_date, "
                "review_date and headline may follow.",
            )
        for row in reader:
            if row:
                fields = {what: row[place] for what, place in places.items() if place < len(row)}
                try:
                    yield _noted(ruled_claim(fields), fields.get("review_date"), report)
                except SkippedRowError as reason:
                    report.skip(str(reason), reader.line_num)
    except UnicodeDecodeError as error:
        raise OwnFactChecksError(
            f"{name} is not UTF-8: byte 0x{error.object[error.start]:02x} after line {reader.line_num}.",
            "Save the file as UTF-8. Nothing was imported.",
        ) from error
    except csv.Error as error:
        raise OwnFactChecksError(
            f"{name}, line {reader.line_num}: {error}.", "Mend the line. Nothing was imported."
        ) from error
    finally:
        csv.field_size_limit(before)


def _noted(claim: RuledClaim, date: object, report: Report) -> RuledClaim:
    if date and not claim.fact_check.review_date:
        report.notes[_UNDATED] += 1
    if claim.fact_check.label is None:
        report.notes["rated neither true, mixed nor false: shown as related only"] += 1
    return claim
