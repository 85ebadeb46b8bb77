"""Charts in a notebook, drawn as the reports draw them."""

from __future__ import annotations

from collections.abc import Iterable

from fake_news.reporting.charts import Chart
from fake_news.reporting.html_page import LIGHT, figure

_STYLE = (
    f".plumbline {{ {LIGHT} background: #fff; color: #1d1f21; display: flex; flex-wrap: wrap; gap: 2rem; }}"
    ".plumbline figure { margin: 0; width: 30rem; } .plumbline svg { width: 100%; height: auto; }"
)


class Shown:
    """Charts beside each other; a notebook draws what a cell ends with."""

    def __init__(self, charts: Iterable[Chart]) -> None:
        self._charts = list(charts)

    def _repr_html_(self) -> str:
        return f'<style>{_STYLE}</style><div class="plumbline">{"".join(map(figure, self._charts))}</div>'


def show(*charts: Chart) -> Shown:
    """Draw charts below the cell."""
    return Shown(charts)
