"""The rows of a report, their tables for the terminal and for Markdown, and the files that reports are written to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.statistics.resampling import Figure, Statistic, estimate


class Section(StrEnum):
    """The parts of the report, in its order; the value is the heading."""

    VERACITY = "The statement alone"
    COMPARISON = "Against simple baselines"
    CALIBRATION = "Calibration"
    ABSTENTION = "Where the detector speaks"
    ORDINARY = "Ordinary pages"
    BEHAVIOUR = "Who is named"
    CLAIMS = "Check-worthiness"
    EVIDENCE = "What the rulings say"
    LIKELY = "What similar rulings make likely"
    MATCHING = "Claim matching"
    SIX_WAY = "Six-way ratings"
    SLICES = "Slices"
    LEAKAGE = "Leaks, and what they would have faked"


ABOUT = {
    Section.VERACITY: "How well true and false statements are told apart from their words alone. Most truths cannot be "
    "known from words; results far above these figures point to a leak.",
    Section.COMPARISON: "What the recipe adds to a plain model of the same words: the paired difference on the same "
    "statements, by bootstrap and by DeLong's test.",
    Section.CALIBRATION: "Of the statements given 30 %, 30 % should be true. Probabilities are calibrated to an even "
    "base rate and shifted to others; the share of true statements that fact-checkers publish fell from 53 % in 2010 "
    "to 17 % in 2021.",
    Section.ABSTENTION: "Thresholds are chosen on late 2020 so that the error at an even base rate stays within the "
    "stated bound; the later years show whether it held.",
    Section.ORDINARY: "Hardly anything in ordinary articles is false. Sentences of a page are not "
    "independent: whole pages are resampled.",
    Section.EVIDENCE: "Whether the ruling on what a sentence says is found, and whether one is carried over to what it "
    "does not decide: denials, near misses, parts, reports. Sentences written for this project around rulings that "
    "neither encoder nor forests were fitted to; the sentences around one ruling are resampled together.",
    Section.LIKELY: "The model of similar rulings fitted again on what was known before 2023, and what it says of "
    "claims checked later, with only earlier rulings known and none on the claim itself. Relation model and encoder "
    "are the shipped ones: they learned what sentences say about claims, some of them later, and never the rulings.",
    Section.MATCHING: "How often the fact-check on a statement is found, and how often a wrong one is shown. Debates, "
    "tweets and ordinary sentences that the relation model has not met; sentences of one event are resampled together.",
    Section.BEHAVIOUR: "Who is named in a neutral statement must hardly move the verdict on it. Statements written for "
    "this measure, equal but for one name, party, religion, country or gender.",
    Section.CLAIMS: "Which sentences are claims that can be checked at all.",
    Section.SIX_WAY: "PolitiFact's six ratings, read off the model's one score, which is cut where the shares of the "
    "ratings lie among the statements it was calibrated on. The model was not designed for this.",
    Section.SLICES: "For whom and about what the ranking is better or worse. Wide intervals mean few statements.",
    Section.LEAKAGE: "What repeats across data sets, and how much better the same simple model looks if a leak is "
    "left open. Published accuracies of 70 % and more on LIAR come from its history counts, which contain the answer.",
}
"""What each part shows, for readers of the page."""


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure.

    ``section`` is a part of a report, such as one of :class:`Section`;
    ``baseline`` says in words what doing without the model gives; ``base_rate`` is the share of positives.
    """

    section: StrEnum
    measure: str
    where: str
    n: int
    base_rate: float | None
    figure: Figure | float | None
    baseline: str

    @classmethod
    def of(
        cls,
        section: StrEnum,
        measure: str,
        where: str,
        statistic: Statistic,
        n: int,
        baseline: str = "–",
        *,
        base_rate: float | None = None,
        clusters: Sequence[str] | None = None,
    ) -> Row:
        """Measure a statistic on ``n`` rows, with its interval; none where there are no rows, or it is undefined.

        Parameters
        ----------
        clusters : rows that share a cluster are drawn together, because they are not independent
        """
        return cls(section, measure, where, n, base_rate, estimate(statistic, n, clusters) if n else None, baseline)


HEADER = ("measure", "where", "n", "base rate", "value [95 % interval]", "without the model")


def table(rows: Iterable[Row], sections: type[StrEnum] = Section) -> str:
    """Format rows as aligned tables, one for each section."""
    rows = list(rows)
    parts = {section: [cells(row) for row in rows if row.section == section] for section in sections}
    return "\n\n".join(f"{section.value}\n{_align([HEADER, *lines])}" for section, lines in parts.items() if lines)


def cells(row: Row) -> tuple[str, ...]:
    """Format a row in the order of :data:`HEADER`."""
    return (row.measure, row.where, f"{row.n:,}", share_text(row.base_rate), figure_text(row.figure), row.baseline)


def share_text(value: float | None) -> str:
    """Format a share in per cent, or a dash."""
    return "–" if value is None else f"{value:.1%}"


def figure_text(value: Figure | float | None) -> str:
    """Format a figure with its interval."""
    if value is None:
        return "none given"
    if isinstance(value, Figure):
        return f"{value.value:.3f} [{value.low:.3f}, {value.high:.3f}]"
    return f"{value:.4f}"


def _align(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    ruled = [lines[0], ["─" * width for width in widths], *lines[1:]]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in ruled
    )


def as_json(report: Any) -> str:
    """Format a report as JSON that people can read too."""
    return json.dumps(report, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def require_folder_of(*paths: Path | None) -> None:
    """Refuse a file that could not be written, before minutes of work rather than after.

    Raises
    ------
    PlumblineError
        If a file's folder does not exist.
    """
    for path in paths:
        if path and not path.parent.is_dir():
            raise PlumblineError(f"{path} cannot be written: there is no folder {path.parent}.", "Name another file.")


def write_text(path: Path, text: str) -> None:
    """Write a file, in UTF-8 and with the same line ends on every system.

    Raises
    ------
    PlumblineError
        If it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise PlumblineError(f"{path} cannot be written ({error.strerror}).", "Name another file.") from error


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Format a table in Markdown, line by line."""
    return ["| " + " | ".join(cells) + " |" for cells in (header, ["---"] * len(header), *rows)]
