"""The evaluation's report as one HTML file."""

from __future__ import annotations

from fake_news.reporting.charts import Findings
from fake_news.reporting.html_page import Chapter, render_chapters
from fake_news.reporting.report import ABOUT, HEADER, Section, cells

_ABOUT = (
    "Intervals are 95 %, from 1,000 bootstrap resamples. The recipe is fitted separately for every protocol; no "
    "statement that is scored was trained on, but where a leak is shown on purpose."
)


def html_report(model: str, mapping: str, findings: Findings) -> str:
    """The whole page."""
    sections = [section for section in Section if any(row.section == section for row in findings.rows)]
    chapters = [_chapter(section, findings) for section in sections]
    return render_chapters(
        "evaluation.html", f"Plumbline, measured: {model}", f"Detector {model}. {mapping}. {_ABOUT}", chapters
    )


def _chapter(section: Section, findings: Findings) -> Chapter:
    charts = [chart for chart in findings.charts if chart.section == section]
    rows = [cells(row) for row in findings.rows if row.section == section]
    return Chapter(section, ABOUT[section], charts, [(HEADER, rows)])
