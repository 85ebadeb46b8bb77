"""The exploration as one HTML file, in the frame of every report."""

from __future__ import annotations

from html import escape

from fake_news.data.available import described
from fake_news.exploration.explore import Exploration
from fake_news.exploration.sections import ABOUT, Part
from fake_news.reporting.html_page import figure, html_page, html_table

_STYLE = "td:nth-child(n+2) { font-variant-numeric: tabular-nums; }\n"


def exploration_report(found: Exploration) -> str:
    """The whole page."""
    lacking = "".join(f" {line}" for line in described(found.missing))
    counts = ", ".join(f"{count:,} statements of {name}" for name, count in found.statements.items())
    shown = [part for part in Part if any(chart.section == part for chart in found.charts)]
    return html_page(
        "Plumbline: the data, looked at",
        f"{counts}. This page holds words and names of the data sets: it is for you, not for publishing. Shares of "
        f"true statements follow the 3/3 mapping; intervals are 95 %.{lacking}",
        {part.name.lower(): part.value for part in shown},
        "".join(_section(part, found) for part in shown),
        _STYLE,
    )


def _section(part: Part, found: Exploration) -> str:
    charts = "".join(figure(chart) for chart in found.charts if chart.section == part)
    tables = "".join(html_table(table.header, table.rows) for table in found.tables if table.part == part)
    return (
        f'<section id="{part.name.lower()}">\n<h2>{escape(part.value)}</h2>\n<p>{escape(ABOUT[part])}</p>\n'
        f'<div class="charts">{charts}</div>\n{tables}</section>\n'
    )
