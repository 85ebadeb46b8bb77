"""HTML pages from templates, the report of an evaluation, and charts in a notebook.

Each page is one file that fetches nothing, runs nothing, and reads in light and in dark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from fake_news.reporting.charts import Chart, Findings
from fake_news.reporting.plots import svg
from fake_news.reporting.report import ABOUT, HEADER, Section, cells

_ABOUT = (
    "Intervals are 95 %, from 1,000 bootstrap resamples. The recipe is fitted separately for every protocol; no "
    "statement that is scored was trained on, except where a leak is shown on purpose."
)


@dataclass(frozen=True)
class Chapter:
    """A part of a page: charts beside each other, tables below them, each a header with its rows."""

    section: StrEnum
    about: str
    charts: Sequence[Chart]
    tables: Sequence[tuple[Sequence[str], Sequence[Sequence[str]]]]

    @property
    def id(self) -> str:
        """The fragment that links to it."""
        return self.section.name.lower()

    @property
    def heading(self) -> str:
        """The text of its heading."""
        return self.section.value


def render(template: str, **values: Any) -> str:
    """Fill in a template of ``templates/``; values are escaped unless they are ``Markup``.

    Raises
    ------
    jinja2.UndefinedError
        If the template needs a value that is not given.
    """
    return _environment().get_template(template).render(values)


def render_chapters(template: str, title: str, about: str, chapters: Sequence[Chapter]) -> str:
    """Fill in a template that extends ``chapters.html``."""
    contents = {chapter.id: chapter.heading for chapter in chapters}
    return render(template, title=title, about=about, contents=contents, chapters=chapters)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("fake_news.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["drawing"] = _drawing
    return environment


def _drawing(chart: Chart) -> Markup:
    """A chart as an ``<svg>`` element with its title as the accessible name."""
    start = Markup('<svg role="img" aria-label="{}" ').format(chart.title)
    return Markup(svg(chart).replace("<svg ", start, 1))


def html_report(model: str, mapping: str, findings: Findings) -> str:
    """Render the report of an evaluation."""
    sections = [section for section in Section if any(row.section == section for row in findings.rows)]
    chapters = [_chapter(section, findings) for section in sections]
    return render_chapters(
        "evaluation.html", f"Plumbline, measured: {model}", f"Detector {model}. {mapping}. {_ABOUT}", chapters
    )


def _chapter(section: Section, findings: Findings) -> Chapter:
    charts = [chart for chart in findings.charts if chart.section == section]
    rows = [cells(row) for row in findings.rows if row.section == section]
    return Chapter(section, ABOUT[section], charts, [(HEADER, rows)])


class ChartRow:
    """Charts beside each other, drawn where a notebook cell ends with them."""

    def __init__(self, charts: Iterable[Chart]) -> None:
        self._charts = list(charts)

    def _repr_html_(self) -> str:
        return render("notebook.html", charts=self._charts)


def show(*charts: Chart) -> ChartRow:
    """Draw charts below the cell."""
    return ChartRow(charts)
