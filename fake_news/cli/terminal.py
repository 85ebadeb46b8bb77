"""Verdicts as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fake_news.detection.verdict import Basis, Evidence, Label, LinksTo, Relation, Verdict, Why

_COLOURS = {
    Label.FALSE: 31,
    Label.LIKELY_FALSE: 31,
    Label.MIXED: 33,
    Label.TRUE: 36,
    Label.LIKELY_TRUE: 36,
}
_WHYS = {
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
        yield f"({_WHYS[verdict.why]})"
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
