"""The import of a file of fact-checks: read as a stream, checked row by row, stored completely or not at all."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from fake_news.common.progress import Progress, no_progress
from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.factchecks.imported.byte_stream import ImportFile, encoding_of, unreadable
from fake_news.detection.factchecks.imported.claim_review import (
    claim_reviews,
    from_claim_review,
    language,
    review_date,
)
from fake_news.detection.factchecks.imported.csv_table import table_rows
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError, SkippedRowError
from fake_news.detection.factchecks.imported.json_ld import is_wrapped, structured_data, without_wrapping
from fake_news.detection.factchecks.imported.json_stream import entries
from fake_news.detection.factchecks.imported.review_store import ImportCounts
from fake_news.detection.factchecks.publishers import canonical_publisher, publisher_of_address
from fake_news.detection.text.language import is_english
from fake_news.detection.text.tokens import tokenize

ANY_LANGUAGE = "any"
_FEWEST_WORDS_TO_TELL = 6
_COMPRESSED = (b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")  # ZIP, bzip2, xz, Zstandard
_LONGEST_WRAPPED = 1 << 24
_UNDATED = "kept without a date, as none could be read or it is yet to come"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which fact-checks to import; by default all in English, as claims in other languages are never matched.

    Attributes
    ----------
    since : the first day, ISO 8601; if given, fact-checks without a date are left out
    publishers : by name or site; if empty, all
    language : ``en`` or another code, or ``any``
    """

    since: str = ""
    publishers: tuple[str, ...] = ()
    language: str = "en"

    def reason_against(self, claim: RuledClaim, language: str = "") -> str:
        """Say why a fact-check is left out; empty if it is not.

        Parameters
        ----------
        language : its language by its source; without one, its words show whether it is English
        """
        ruling = claim.fact_check
        if self.since and ruling.date < self.since:
            return f"from before {self.since}"
        if self.publishers and not {ruling.publisher, publisher_of_address(ruling.url)} & self._names():
            return "by other publishers"
        if self.language == ANY_LANGUAGE:
            return ""
        if language:
            return "" if language.lower().startswith(self.language) else "in other languages"
        if self.language == "en" and not reads_as_english(claim.text):
            return "in other languages"
        return ""

    def _names(self) -> set[str]:
        return {canonical_publisher(name) for name in self.publishers}


_EVERYTHING = Filters(language=ANY_LANGUAGE)


@dataclass
class Report:
    """The outcome of an import, row by row.

    Attributes
    ----------
    stored : counts of the usable rows, by what the database did with them
    skipped : how many were left out, by reason
    first : the number of the first skipped row, by reason
    filtered : how many the filters left out, by reason
    notes : how often something else worth knowing occurred
    """

    stored: ImportCounts = field(default_factory=ImportCounts)
    skipped: Counter[str] = field(default_factory=Counter)
    first: dict[str, int] = field(default_factory=dict)
    filtered: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    @property
    def added(self) -> int:
        """How many rulings are new."""
        return self.stored.added

    @property
    def known(self) -> int:
        """How many were in the database already, or are in the file twice."""
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
    display_name: str = "",
) -> Report:
    """Import ClaimReview (JSON, JSON-LD, DataFeed, HTML, Google's answers) or CSV, packed by gzip or not.

    Parameters
    ----------
    filters : which of its fact-checks to import
    source : where the file comes from
    is_complete : whether the file has all that the source has, so that what is missing was withdrawn
    display_name : the file's name in errors, instead of its path

    Raises
    ------
    ImportedFactChecksError
        If the file cannot be read or nothing can be stored; then the database is as it was.
    """
    report, name = Report(), display_name or str(path)
    try:
        with path.open("rb") as file:
            bytes_read = ImportFile(file, name, path.stat().st_size, progress)
            rows = _filtered(_reader(bytes_read.beginning(), name)(bytes_read, name, report), filters, report)
            covers = (lambda claim: not filters.reason_against(claim)) if is_complete else None
            report.stored = database.add(rows, source, covers)
    except OSError as error:
        raise unreadable(name, error) from error
    return report


_Rows = Iterator[tuple[RuledClaim, str]]
"""Fact-checks, each with the language that its source states, empty if none."""


def _filtered(rows: _Rows, filters: Filters, report: Report) -> Iterator[RuledClaim]:
    for claim, its_language in rows:
        if reason := filters.reason_against(claim, its_language):
            report.filtered[reason] += 1
            continue
        if claim.fact_check.label is None:
            report.notes["rated neither true, mixed nor false: shown as related only"] += 1
        yield claim


def _reader(beginning: bytes, name: str) -> Callable[[io.RawIOBase, str, Report], _Rows]:
    """Choose what reads a file by its first bytes."""
    if not beginning:
        raise ImportedFactChecksError(f"{name} is empty.", "Is it the right file?")
    if beginning.startswith(_COMPRESSED):
        raise ImportedFactChecksError(f"{name} is compressed, and not by gzip.", "Unpack it first.")
    encoding = encoding_of(beginning)
    start = beginning.decode(encoding, errors="replace").lstrip("\ufeff \t\r\n\x1e").encode()
    if is_wrapped(start):
        return lambda file, name, report: _script_rows(file, name, encoding, report)
    if start.startswith(b"<"):
        return lambda file, name, report: _reviews(structured_data(file, encoding, report.skip), report)
    if start[:1] in (b"{", b"["):
        return lambda file, name, report: _reviews(entries(cast(BinaryIO, file), name, encoding, report.skip), report)
    return lambda file, name, report: _table_rows(file, name, encoding, report)


def _script_rows(file: io.RawIOBase, name: str, encoding: str, report: Report) -> _Rows:
    """Read JSON within a comment or a CDATA section, as copied out of a page: small enough to be read at once."""
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
    """Whether an entry of a feed was deleted and left empty: ``{"item": null}``."""
    return entry is None or (isinstance(entry, dict) and "item" in entry and entry["item"] in (None, [], [None]))


def _table_rows(file: io.RawIOBase, name: str, encoding: str, report: Report) -> _Rows:
    for claim, written in table_rows(file, name, encoding, report.skip):
        _note_date(claim, written, report)
        yield claim, ""


def _note_date(claim: RuledClaim, written: object, report: Report) -> None:
    if written and not claim.fact_check.review_date:
        report.notes[_UNDATED] += 1


def reads_as_english(text: str) -> bool:
    """Whether a claim has English function words; a claim of a few words passes in case of doubt."""
    words = [token.form for token in tokenize(text)]
    english = is_english(words, known=round(0.6 * len(words)))
    if english is False and len(words) < _FEWEST_WORDS_TO_TELL:
        return is_english(words, known=len(words)) is not False
    return english is not False
