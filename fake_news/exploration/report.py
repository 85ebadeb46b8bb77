"""The report of the exploration: its parts, what each one shows, and the page."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from fake_news.data.status import missing_lines
from fake_news.reporting.charts import Chart
from fake_news.reporting.html_page import Chapter, render_chapters


class Part(StrEnum):
    """The parts of the report, in its order; the value is the heading."""

    LABELS = "Labels"
    LENGTHS = "Lengths"
    SPEAKERS = "Speakers"
    PARTIES = "Parties and states"
    SUBJECTS = "Subjects"
    YEARS = "Years"
    WORDS = "Words"
    DUPLICATES = "Duplicates"
    MISSING = "Missing values"
    CORRELATION = "What goes with the label"
    LEAK = "The leak of the history counts"


ABOUT = {
    Part.LABELS: "PolitiFact's six ratings. The 3/3 mapping calls the last three true: a model that always says so is "
    "right as often as they occur, which is what any accuracy has to be held against.",
    Part.LENGTHS: "Whether long statements are rated otherwise than short ones.",
    Part.SPEAKERS: "Who is rated most. Where most test statements have a speaker seen in training, a model can score "
    "by knowing speakers instead of reading statements.",
    Part.PARTIES: "Shares of true statements with 95 % intervals (Wilson 1927). They tell as much about what "
    "fact-checkers choose to check as about who says it, and no model that ships sees them.",
    Part.SUBJECTS: "What the statements are about.",
    Part.YEARS: "The mix shifts: later years are mostly viral posts, nearly all of them rated false. A random split "
    "hides this; a split by date shows it.",
    Part.WORDS: "Words and pairs of words that one side uses more than chance allows: log-odds with a prior from all "
    "statements, in standard deviations (Monroe, Colaresi and Quinn 2008).",
    Part.DUPLICATES: "The same statement on two sides of a split is a question with its answer. The second count also "
    "finds copies that lost their apostrophes, the third those that are worded alike.",
    Part.MISSING: "What the sources do not state.",
    Part.CORRELATION: "Spearman's rank correlation of simple features with each other and with the rating, from "
    "pants-fire to true. Nothing that is honestly known when a statement is made goes with it strongly.",
    Part.LEAK: "LIAR's five history counts include the row's own ruling. Where they sum to one, the count that is not "
    "zero is nearly always the answer; where they sum to zero, the rating is nearly always the one that is not "
    "counted: true. Published accuracies above 70 % come from here. A statement on a web page has no counts.",
}
"""What each part shows, for readers who were not there."""


@dataclass(frozen=True)
class Table:
    """A table below the charts of a part."""

    part: Part
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]


@dataclass(frozen=True)
class Exploration:
    """Everything that was found."""

    statements: dict[str, int]
    charts: list[Chart] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The numbers behind the charts, as plain values."""
        return asdict(self)


def exploration_report(found: Exploration) -> str:
    """Render the whole page."""
    lacking = "".join(f" {line}" for line in missing_lines(found.missing))
    counts = ", ".join(f"{count:,} statements of {name}" for name, count in found.statements.items())
    about = (
        f"{counts}. This page holds words and names of the data sets: it is for you, not for publishing. Shares of "
        f"true statements follow the 3/3 mapping; intervals are 95 %.{lacking}"
    )
    chapters = [_chapter(part, found) for part in Part if any(chart.section == part for chart in found.charts)]
    return render_chapters("exploration.html", "Plumbline: the data, looked at", about, chapters)


def _chapter(part: Part, found: Exploration) -> Chapter:
    charts = [chart for chart in found.charts if chart.section == part]
    tables = [(table.header, table.rows) for table in found.tables if table.part == part]
    return Chapter(part, ABOUT[part], charts, tables)
