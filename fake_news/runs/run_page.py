"""Two runs as one self-contained HTML page: what differs, the figures as bars, the plots side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fake_news.reporting.html_page import render
from fake_news.runs.run_comparison import Comparison, MetricPair
from fake_news.runs.run_store import RunStore
from fake_news.runs.run_text import change, number, took, when

_BAR_WIDTH = 200.0
_SECTIONS = {"runs": "The two runs", "differences": "What differs", "metrics": "Metrics", "plots": "Plots"}


@dataclass(frozen=True)
class Bar:
    """The bar of one run's figure; ``x`` and ``width`` are in units of the drawing, 200 wide."""

    side: str
    x: float
    width: float


def comparison_page(comparison: Comparison, store: RunStore) -> str:
    """The whole page.

    Raises
    ------
    TrackingError
        If a plot cannot be read.
    """
    first, second = comparison.first, comparison.second
    return render(
        "run_comparison.html",
        title=f"Plumbline, two runs: {first.id} and {second.id}",
        about="Everything on this page is in the records of the two runs.",
        contents=_SECTIONS,
        first=first.id,
        second=second.id,
        runs=[
            ("command", first.command, second.command),
            ("arguments", " ".join(first.arguments), " ".join(second.arguments)),
            ("status", first.status, second.status),
            ("started", when(first), when(second)),
            ("took", took(first), took(second)),
        ],
        differences=[(one.kind, one.name, one.first or "–", one.second or "–") for one in comparison.differences],
        metrics=[_metric(pair) for pair in comparison.metrics],
        bar_width=int(_BAR_WIDTH),
        plots=list(_plots(comparison, store)),
    )


def bars(pair: MetricPair) -> list[Bar]:
    """Lay out the bars of two figures on one scale that has zero in it."""
    present = [value for value in (pair.first, pair.second) if value is not None]
    low, high = min([0.0, *present]), max([0.0, *present])
    scale = _BAR_WIDTH / (high - low) if high > low else 0.0
    return [
        Bar(side, (min(value, 0.0) - low) * scale, abs(value) * scale)
        for side, value in (("first", pair.first), ("second", pair.second))
        if value is not None
    ]


def _metric(pair: MetricPair) -> dict[str, Any]:
    return {
        "name": pair.name,
        "first": number(pair.first),
        "second": number(pair.second),
        "change": change(pair.change),
        "bars": bars(pair),
    }


def _plots(comparison: Comparison, store: RunStore) -> Iterator[dict[str, str]]:
    names = [*comparison.first.plots, *(name for name in comparison.second.plots if name not in comparison.first.plots)]
    for name in names:
        for record in (comparison.first, comparison.second):
            if name in record.plots:
                yield {"name": name, "run": record.id, "drawing": store.read_plot(record.id, record.plots[name])}
