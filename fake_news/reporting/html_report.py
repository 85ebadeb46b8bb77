"""The evaluation's report as one HTML file."""

from __future__ import annotations

from html import escape

from fake_news.reporting.charts import Findings
from fake_news.reporting.html_page import figure, html_page, html_table
from fake_news.reporting.report import ABOUT, HEADER, Section, cells

_STYLE = "td:nth-child(n+3):nth-child(-n+5) { white-space: nowrap; font-variant-numeric: tabular-nums; }\n"
_ABOUT = (
    "Intervals are 95 %, from 1,000 bootstrap resamples. The recipe is fitted anew for every protocol; no statement "
    "that is scored was trained on, but where a leak is shown on purpose."
)


def html_report(model: str, mapping: str, findings: Findings) -> str:
    """The whole page."""
    sections = [section for section in Section if any(row.section == section for row in findings.rows)]
    return html_page(
        f"Plumbline, measured: {model}",
        f"Detector {model}. {mapping}. {_ABOUT}",
        {section.name.lower(): section.value for section in sections},
        "".join(_section(section, findings) for section in sections),
        _STYLE,
    )


def _section(section: Section, findings: Findings) -> str:
    charts = "".join(figure(chart) for chart in findings.charts if chart.section == section)
    return (
        f'<section id="{section.name.lower()}">\n<h2>{escape(section.value)}</h2>\n<p>{escape(ABOUT[section])}</p>\n'
        f'<div class="charts">{charts}</div>\n'
        f"{html_table(HEADER, [cells(row) for row in findings.rows if row.section == section])}</section>\n"
    )
