"""Verdicts as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fake_news.verdict import Label, Note, Verdict

_COLOURS = {
    Label.FALSE: 31,
    Label.LIKELY_FALSE: 31,
    Label.MIXED: 33,
    Label.TRUE: 36,
    Label.LIKELY_TRUE: 36,
}
_NOTES = {
    Note.NOT_ENGLISH: "not English; only English can be judged",
    Note.TOO_LONG: "too long to be one statement",
}


def verdict_lines(text: str, verdicts: Sequence[Verdict], *, coloured: bool) -> Iterator[str]:
    """One line a statement: label, P(true), the statement; a second line with the words that moved the verdict."""
    if not verdicts:
        yield "There is no statement in this text."
    for verdict in verdicts:
        statement = _printable(text[verdict.start : verdict.end])
        chance = "      " if verdict.probability is None else f"{verdict.probability:6.0%}"
        line = f"{verdict.label.value:<12} {chance}  {statement}"
        if coloured and verdict.label in _COLOURS:
            line = f"\x1b[{_COLOURS[verdict.label]}m{line}\x1b[0m"
        yield line
        if verdict.note is not None:
            yield f"{'':21}({_NOTES[verdict.note]})"
        elif verdict.label in (Label.LIKELY_FALSE, Label.LIKELY_TRUE):
            words = (
                f"“{_printable(text[r.start : r.end])}” {r.weight:+.2f}"
                for r in sorted(verdict.reasons, key=lambda r: -abs(r.weight))
            )
            yield f"{'':21}because of {', '.join(words)}"


def _printable(text: str) -> str:
    """On one line, and without the escape sequences with which a text could command the terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
