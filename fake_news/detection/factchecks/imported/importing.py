"""Importing fact-checks: read as a stream, checked row by row, stored as a whole or not at all."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from fake_news.common.progress import Progress, no_progress
from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.factchecks.imported.byte_stream import WatchedFile, unreadable
from fake_news.detection.factchecks.imported.claim_review import (
    claim_reviews,
    from_claim_review,
    language,
    review_date,
)
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.encodings import encoding_of
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError, SkippedRowError
from fake_news.detection.factchecks.imported.filters import ANY_LANGUAGE, Filters
from fake_news.detection.factchecks.imported.json_stream import entries
from fake_news.detection.factchecks.imported.pages import is_wrapped, structured_data, without_wrapping
from fake_news.detection.factchecks.imported.storing import ImportCounts
from fake_news.detection.factchecks.imported.tables import table_rows

_COMPRESSED = (b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")  # ZIP, bzip2, xz, Zstandard
_LONGEST_WRAPPED = 1 << 24
_UNDATED = "kept without a date, as none could be read or it is yet to come"
_EVERYTHING = Filters(language=ANY_LANGUAGE)


@dataclass
class Report:
    """What became of a file's rows.

    Attributes
    ----------
    stored : what became of the usable ones
    skipped : how many were left out, by reason
    first : where the first one of each reason is
    filtered : how many were not wanted, by reason
    notes : what else is worth knowing, counted
    """

    stored: ImportCounts = field(default_factory=ImportCounts)
    skipped: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    filtered: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def added(self) -> int:
        """How many are new."""
        return self.stored.added

    @property
    def known(self) -> int:
        """How many were there already, or stand in the file twice."""
        return self.stored.known

    def skip(self, reason: str, number: int) -> None:
        """Count a row that was left out."""
        self.skipped[reason] += 1
        self.first.setdefault(reason, number)


def import_file(
    path: Path,
    database: ImportedDatabase,
    progress: Progress = no_progress,
    *,
    filters: Filters = _EVERYTHING,
    source: str = "",
    is_complete: bool = False,
    called: str = "",
) -> Report:
    """Import ClaimReview (JSON, JSON-LD, DataFeed, HTML, Google's answers) or CSV, packed by gzip or not.

    Parameters
    ----------
    filters : what is wanted of it
    source : where it comes from
    is_complete : whether the file has all that the source has, so that what is missing was withdrawn
    called : what to call the file in errors, if not by its path

    Raises
    ------
    ImportedFactChecksError
        If the file cannot be read or nothing can be stored; then the database is as it was.
    """
    report, name = Report(), called or str(path)
    try:
        with path.open("rb") as file:
            watched = WatchedFile(file, name, path.stat().st_size, progress)
            rows = _wanted(_reader(watched.beginning(), name)(watched, name, report), filters, report)
            covers = (lambda claim: not filters.reason_against(claim)) if is_complete else None
            report.stored = database.add(rows, source, covers)
    except OSError as error:
        raise unreadable(name, error) from error
    return report


_Rows = Iterator[tuple[RuledClaim, str]]
"""Fact-checks, each with the language that it says it is in, if it does."""


def _wanted(rows: _Rows, filters: Filters, report: Report) -> Iterator[RuledClaim]:
    for claim, spoken in rows:
        if reason := filters.reason_against(claim, spoken):
            report.filtered[reason] += 1
            continue
        if claim.fact_check.label is None:
            report.notes["rated neither true, mixed nor false: shown as related only"] += 1
        yield claim


def _reader(beginning: bytes, name: str) -> Callable[[io.RawIOBase, str, Report], _Rows]:
    """What reads a file that begins so."""
    if not beginning:
        raise ImportedFactChecksError(f"{name} is empty.", "Is it the right file?")
    if beginning.startswith(_COMPRESSED):
        raise ImportedFactChecksError(f"{name} is compressed, and not by gzip.", "Unpack it first.")
    encoding = encoding_of(beginning)
    start = beginning.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n\x1e").encode()
    if is_wrapped(start):
        return lambda file, name, report: _wrapped_rows(file, name, encoding, report)
    if start.startswith(b"<"):
        return lambda file, name, report: _reviews(structured_data(file, encoding, report.skip), report)
    if start[:1] in (b"{", b"["):
        return lambda file, name, report: _reviews(entries(cast(BinaryIO, file), name, encoding, report.skip), report)
    return lambda file, name, report: _table(file, name, encoding, report)


def _wrapped_rows(file: io.RawIOBase, name: str, encoding: str, report: Report) -> _Rows:
    """JSON within a comment or a CDATA section, as it is cut out of a page: small enough to be read at once."""
    content = (file.read(_LONGEST_WRAPPED) or b"").decode(encoding, errors="replace")
    plain = io.BytesIO(without_wrapping(content).encode("utf-8", "surrogatepass"))
    return _reviews(entries(plain, name, "utf-8", report.skip), report)


def _reviews(found: Iterator[tuple[int, Any]], report: Report) -> _Rows:
    number = 0
    for number, entry in found:
        reviews = list(claim_reviews(entry))
        if not reviews and not _is_empty(entry):
            report.skip("no ClaimReview", number)
        for review, around in reviews:
            try:
                claims = from_claim_review(review, around, entry)
            except SkippedRowError as reason:
                report.skip(str(reason), number)
                continue
            for claim in claims:
                _note_date(claim, review_date(review), report)
                yield claim, language(review)
    if not number and not report.skipped:
        report.skip("no ClaimReview", 1)


def _is_empty(entry: Any) -> bool:
    """Whether an entry of a feed is one that was emptied: ``{"item": null}``."""
    return entry is None or (isinstance(entry, dict) and "item" in entry and entry["item"] in (None, [], [None]))


def _table(file: io.RawIOBase, name: str, encoding: str, report: Report) -> _Rows:
    for claim, written in table_rows(file, name, encoding, report.skip):
        _note_date(claim, written, report)
        yield claim, ""


def _note_date(claim: RuledClaim, written: object, report: Report) -> None:
    if written and not claim.fact_check.review_date:
        report.notes[_UNDATED] += 1
