"""HTML reports from templates: each is one file that fetches nothing, runs nothing, and reads in light and in dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from fake_news.reporting.charts import Chart
from fake_news.reporting.plots import svg


@dataclass(frozen=True)
class Chapter:
    """A part of a page: charts beside each other, tables below them, each a header with its rows."""

    section: StrEnum
    about: str
    charts: Sequence[Chart]
    tables: Sequence[tuple[Sequence[str], Sequence[Sequence[str]]]]

    @property
    def id(self) -> str:
        """What a link to it names."""
        return self.section.name.lower()

    @property
    def heading(self) -> str:
        """The text of its heading."""
        return self.section.value


def render(template: str, **values: Any) -> str:
    """Fill in a template of ``templates/``; what it is given is text, unless it is ``Markup``.

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
    """A chart as an ``<svg>`` element that says its title to those who cannot see it."""
    start = Markup('<svg role="img" aria-label="{}" ').format(chart.title)
    return Markup(svg(chart).replace("<svg ", start, 1))
