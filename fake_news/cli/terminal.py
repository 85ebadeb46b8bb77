"""What a terminal shows: progress for a person who waits, and verdicts.

Not tqdm: it draws in a log what only a terminal can redraw; here a log gets a line every tenth.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TextIO

from fake_news.detection.verdict import Basis, Evidence, Label, LinksTo, Relation, Verdict, Why

_WIDTH = 25
_BETWEEN_DRAWINGS = 0.1  # seconds


class ProgressBar:
    """Shows how much of long work is done, and about how long the rest takes; a line every tenth in a log.

    Parameters
    ----------
    unit : what is counted, such as ``rows``
    total : how many there are, where that is known from the beginning
    stream : where it is shown (default: standard error)
    logged : whether a log gets its lines; a terminal always has the bar
    """

    def __init__(
        self, unit: str, total: int | None = None, stream: TextIO | None = None, *, logged: bool = True
    ) -> None:
        self._unit, self._total, self._logged = unit, total, logged
        self._stream = sys.stderr if stream is None else stream
        self._redrawn = self._stream.isatty()
        self._begin(None)

    def _begin(self, first: int | None) -> None:
        self._started = time.monotonic()
        self._first = self._last = first
        self._drawn_at = -_BETWEEN_DRAWINGS
        self._tenths = 0

    def __call__(self, done: int, of: int | None = None) -> None:
        """Show that so many are done, of so many where that is only known now; fewer than before begin a new bar."""
        self._total = self._total if of is None else of
        if self._last is None or done < self._last:
            self._begin(done)  # what an earlier run did says nothing about this one's speed
        self._last = done
        if self._redrawn:
            self._redraw(done)
        elif self._logged:
            self._log(done)

    def _redraw(self, done: int) -> None:
        now = time.monotonic()
        is_done = self._total is not None and done >= self._total
        if is_done or now - self._drawn_at >= _BETWEEN_DRAWINGS:
            self._drawn_at = now
            self._stream.write(f"\r{self._line(done, now)}\x1b[K{chr(10) if is_done else ''}")
            self._stream.flush()

    def _log(self, done: int) -> None:
        tenths = 10 * done // max(self._total, 1) if self._total is not None else 0
        if tenths > self._tenths:
            self._tenths = tenths
            self._stream.write(self._line(done, time.monotonic()) + "\n")
            self._stream.flush()

    def _line(self, done: int, now: float) -> str:
        if self._total is None:
            return f"{done:,} {self._unit}"
        share = done / max(self._total, 1)
        bar = "█" * int(_WIDTH * share)
        return f"[{bar:<{_WIDTH}}] {share:4.0%}  {done:,} of {self._total:,} {self._unit}{self._rest(done, now)}"

    def _rest(self, done: int, now: float) -> str:
        new = done - (self._first or 0)
        if self._total is None or not new or done >= self._total:
            return ""
        seconds = (now - self._started) / new * (self._total - done)
        return f", about {seconds / 60:,.0f} min left" if seconds >= 90 else f", about {seconds:.0f} s left"


_COLOURS = {
    Label.FALSE: 31,
    Label.LIKELY_FALSE: 31,
    Label.MIXED: 33,
    Label.TRUE: 36,
    Label.LIKELY_TRUE: 36,
}
_REASONS = {
    Why.NO_RULING: "no published fact-check that Plumbline knows decides it",
    Why.NEWER: "it speaks of a time after the newest fact-check that Plumbline knows",
    Why.ONLY_WORDING: "only its wording says anything about it",
    Why.TOO_SHORT: "too short to tell what it claims",
    Why.NOT_ENGLISH: "not English; only English can be judged",
    Why.TOO_LONG: "too long to be one statement",
}
_CHECKED = {
    Relation.SAME_CLAIM: "checked",
    Relation.OPPOSITE_CLAIM: "checked, the opposite",
    Relation.RELATED: "checked, a similar claim",
}
UNRATED = "rating unknown"
"""For a ruling whose rating no source states."""
_INDENT = " " * 14


def verdict_lines(text: str, verdicts: Sequence[Verdict], *, coloured: bool) -> Iterator[str]:
    """A line for each statement with its label, and further ones for what the label rests on."""
    if not verdicts:
        yield "There is no statement in this text."
    for verdict in verdicts:
        line = f"{verdict.label.value:<12}  {_printable(text[verdict.start : verdict.end])}"
        if coloured and verdict.label in _COLOURS:
            line = f"\x1b[{_COLOURS[verdict.label]}m{line}\x1b[0m"
        yield line
        for further in (*_grounds(verdict), *_evidence_lines(verdict.evidence)):
            yield _INDENT + further


def _grounds(verdict: Verdict) -> Iterator[str]:
    if verdict.why is not None:
        yield f"({_REASONS[verdict.why]})"
    if verdict.is_attribution and verdict.basis is Basis.FACT_CHECK:
        yield "(it reports what somebody said; the ruling is on what was said)"
    if verdict.label in (Label.LIKELY_FALSE, Label.LIKELY_TRUE):
        yield f"P(true) {verdict.probability:.0%}, from what was ruled on similar claims"
    elif verdict.label is Label.UNSURE and verdict.probability is not None:
        yield f"({_wording(verdict.probability)})"


def _wording(probability: float) -> str:
    """What wording alone suggests."""
    if 1 / 3 <= probability <= 2 / 3:
        return "by its wording alone it could be either"
    more, less = ("false", "true") if probability < 1 / 3 else ("true", "false")
    return f"such wording is more common in claims rated {more} than {less}; it cannot tell a claim from its denial"


def _evidence_lines(evidence: Sequence[Evidence]) -> Iterator[str]:
    """Three lines for each fact-check: what was checked, who rated it how and when, and where to read it."""
    for one in evidence:
        about = f"“{one.claim}”" if one.claim else one.title
        yield _printable(f"{_CHECKED[one.relation]}: {about}" if about else _CHECKED[one.relation])
        said_by = f"said by {one.speaker}" if one.speaker else ""
        yield "  " + _printable(
            ", ".join(part for part in (f"{one.publisher}: {one.rating or UNRATED}", one.date, said_by) if part)
        )
        if one.url:
            leads_to = f" (the page on {one.speaker or 'who said it'})" if one.links_to is LinksTo.SPEAKER else ""
            yield "  " + _printable(one.url + leads_to)


def _printable(text: str) -> str:
    """On one line, and without the escape sequences with which a text could command the terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
