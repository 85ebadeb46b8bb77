"""Charts in a notebook, drawn as the reports draw them."""

from __future__ import annotations

from collections.abc import Iterable

from fake_news.reporting.charts import Chart
from fake_news.reporting.html_page import render


class Shown:
    """Charts beside each other; a notebook draws what a cell ends with."""

    def __init__(self, charts: Iterable[Chart]) -> None:
        self._charts = list(charts)

    def _repr_html_(self) -> str:
        return render("notebook.html", charts=self._charts)


def show(*charts: Chart) -> Shown:
    """Draw charts below the cell."""
    return Shown(charts)
