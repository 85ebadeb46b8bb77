"""The exploration as one HTML file, in the frame of every report."""

from __future__ import annotations

from fake_news.data.available import described
from fake_news.exploration.sections import ABOUT, Exploration, Part
from fake_news.reporting.html_page import Chapter, render_chapters


def exploration_report(found: Exploration) -> str:
    """The whole page."""
    lacking = "".join(f" {line}" for line in described(found.missing))
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
