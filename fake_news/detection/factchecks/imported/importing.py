"""Importing a file of fact-checks: read as a stream, checked row by row, stored as a whole or not at all."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from fake_news.detection.factchecks.imported.claim_review import claim_reviews, from_claim_review, review_date
from fake_news.detection.factchecks.imported.database import OwnDatabase
from fake_news.detection.factchecks.imported.errors import OwnFactChecksError, SkippedRowError
from fake_news.detection.factchecks.imported.json_stream import entries
from fake_news.detection.factchecks.imported.rows import NEEDED_COLUMNS, column_places, ruled_claim
from fake_news.factchecks.fact_check import RuledClaim

Progress = Callable[[int, int], None]
"""Told how many bytes of how many are read."""

_LONGEST_FIELD = 1 << 20
_LONGEST_LINE = 1 << 23
_DELIMITERS = ",;\t"
_COMPRESSED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")  # gzip, ZIP, bzip2, xz, Zstandard
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
            read = _reader(_beginning(file), path)
            file.seek(0)
            report.added, report.known = database.add(read(_Watched(file, path, size, progress), path.name, report))
    except OSError as error:
        raise _unreadable(path, error) from error
    return report


def _beginning(file: BinaryIO) -> bytes:
    """The first bytes that are more than white space."""
    while content := file.read(4096):
        if beginning := content.lstrip(b"\xef\xbb\xbf \t\r\n\x1e"):
            return beginning
    return b""


def _reader(beginning: bytes, path: Path) -> Callable[[io.RawIOBase, str, Report], Iterator[RuledClaim]]:
    """What reads a file that begins so."""
    if not beginning:
        raise OwnFactChecksError(f"{path} is empty.", "Is it the right file?")
    if beginning.startswith(_COMPRESSED):
        raise OwnFactChecksError(f"{path} is compressed.", "Unpack it first.")
    if beginning.startswith(b"<"):
        raise OwnFactChecksError(f"{path} is HTML or XML.", "Import JSON or CSV: a page's ClaimReview is its JSON-LD.")
    return _json_rows if beginning[:1] in (b"{", b"[") else _csv_rows


def _unreadable(path: Path, error: OSError) -> OwnFactChecksError:
    return OwnFactChecksError(f"{path} cannot be read ({error.strerror}).", "Is it the right file?")


class _Watched(io.RawIOBase):
    """A file that tells how far it was read."""

    def __init__(self, file: BinaryIO, path: Path, size: int, progress: Progress) -> None:
        self._file, self._path, self._size, self._progress = file, path, size, progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            content = self._file.read(len(buffer))
        except OSError as error:  # here, as the database would take it for its own
            raise _unreadable(self._path, error) from error
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
                yield _noted(from_claim_review(review, entry), review_date(review), report)
            except SkippedRowError as reason:
                report.skip(str(reason), number)


def _csv_rows(file: io.RawIOBase, name: str, report: Report) -> Iterator[RuledClaim]:
    text = io.TextIOWrapper(io.BufferedReader(file), encoding="utf-8-sig", newline="")
    before = csv.field_size_limit(_LONGEST_FIELD)  # the whole process's, so it is put back
    line = 0
    try:
        header = text.readline(_LONGEST_FIELD)
        delimiter = max(_DELIMITERS, key=lambda one: len(column_places(_fields_of(header, one))))
        names = _fields_of(header, delimiter)
        places = column_places(names)
        if missing := [column for needed, column in NEEDED_COLUMNS.items() if needed not in places]:
            raise OwnFactChecksError(
                f"{name} has no column for: {', '.join(missing)}.",
                "Its first line has to name the columns claim, rating, publisher and url; speaker, claim_date, "
                "review_date and headline may follow.",
            )
        reader = csv.reader(_lines(text), delimiter=delimiter)
        for row in reader:
            line = 1 + reader.line_num
            if any(row):
                try:
                    yield _from_table(row, places, len(names), report)
                except SkippedRowError as reason:
                    report.skip(str(reason), line)
    except UnicodeDecodeError as error:
        raise OwnFactChecksError(
            f"{name} is not UTF-8: byte 0x{error.object[error.start]:02x} after line {line}.",
            "Save the file as UTF-8. Nothing was imported.",
        ) from error
    except csv.Error as error:
        raise OwnFactChecksError(
            f"{name}, after line {line}: {error}.", "Mend the line. Nothing was imported."
        ) from error
    finally:
        csv.field_size_limit(before)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines as they come; one without an end is not read into memory."""
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise csv.Error(f"a line is longer than {_LONGEST_LINE:,} characters")
        yield line


def _fields_of(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _from_table(row: list[str], places: dict[str, int], columns: int, report: Report) -> RuledClaim:
    if any(row[columns:]):  # an unquoted comma: what stands where is a guess
        raise SkippedRowError("more fields than the first line names")
    fields = {what: row[place] for what, place in places.items() if place < len(row)}
    return _noted(ruled_claim(fields), fields.get("review_date"), report)


def _noted(claim: RuledClaim, date: object, report: Report) -> RuledClaim:
    if date and not claim.fact_check.review_date:
        report.notes[_UNDATED] += 1
    if claim.fact_check.label is None:
        report.notes["rated neither true, mixed nor false: shown as related only"] += 1
    return claim
