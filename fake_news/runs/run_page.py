"""Two runs as one self-contained HTML page: what differs, the figures as bars, the plots side by side."""

from __future__ import annotations

from html import escape

from fake_news.reporting.html_page import html_page, html_table
from fake_news.runs.record import Record
from fake_news.runs.run_comparison import Comparison, MetricPair
from fake_news.runs.run_store import RunStore
from fake_news.runs.run_text import change, number, took, when

_STYLE = """
svg.bars { width: 14rem; height: 1.3rem; display: block; }
.first { fill: var(--series-1); } .second { fill: var(--series-2); }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.key { display: inline-block; width: .8em; height: .8em; margin-right: .3em; }
"""
_BAR_WIDTH = 200.0
_SECTIONS = {"runs": "The two runs", "differences": "What differs", "metrics": "Metrics", "plots": "Plots"}


def comparison_page(comparison: Comparison, store: RunStore) -> str:
    """The whole page.

    Raises
    ------
    TrackingError
        If a plot cannot be read.
    """
    first, second = comparison.first, comparison.second
    parts = {
        "runs": html_table(
            ("", first.id, second.id),
            [
                ("command", first.command, second.command),
                ("arguments", " ".join(first.arguments), " ".join(second.arguments)),
                ("status", first.status, second.status),
                ("started", when(first), when(second)),
                ("took", took(first), took(second)),
            ],
        ),
        "differences": html_table(
            ("kind", "name", first.id, second.id),
            [(one.kind, one.name, one.first or "–", one.second or "–") for one in comparison.differences],
        )
        if comparison.differences
        else "<p>Nothing: settings, seed, code, data and environment are the same.</p>\n",
        "metrics": _metrics(comparison),
        "plots": f'<div class="charts">{_plots(comparison, store)}</div>\n',
    }
    body = "".join(
        f'<section id="{name}">\n<h2>{_SECTIONS[name]}</h2>\n{content}</section>\n' for name, content in parts.items()
    )
    title = f"Plumbline, two runs: {first.id} and {second.id}"
    return html_page(title, "Everything on this page is in the records of the two runs.", _SECTIONS, body, _STYLE)


def _metrics(comparison: Comparison) -> str:
    if not comparison.metrics:
        return "<p>Neither run has any.</p>\n"
    keys = "".join(
        f'<th scope="col"><svg class="key"><rect class="{side}" width="100%" height="100%"/></svg>{run.id}</th>'
        for side, run in (("first", comparison.first), ("second", comparison.second))
    )
    rows = "".join(
        f'<tr><td>{escape(pair.name)}</td><td class="number">{number(pair.first)}</td>'
        f'<td class="number">{number(pair.second)}</td><td class="number">{change(pair.change)}</td>'
        f"<td>{bars(pair)}</td></tr>\n"
        for pair in comparison.metrics
    )
    head = f'<th scope="col">metric</th>{keys}<th scope="col">change</th><th scope="col">side by side</th>'
    return f'<div class="table"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n'


def bars(pair: MetricPair) -> str:
    """Two bars on one scale that has zero in it."""
    present = [value for value in (pair.first, pair.second) if value is not None]
    low, high = min([0.0, *present]), max([0.0, *present])
    scale = _BAR_WIDTH / (high - low) if high > low else 0.0
    drawn = "".join(
        f'<rect class="{side}" x="{(min(value, 0.0) - low) * scale:.1f}" y="{top}" '
        f'width="{abs(value) * scale:.1f}" height="8"/>'
        for side, top, value in (("first", 1, pair.first), ("second", 11, pair.second))
        if value is not None
    )
    label = escape(f"{pair.name}: {number(pair.first)} and {number(pair.second)}", quote=True)
    box = f'viewBox="0 0 {_BAR_WIDTH:.0f} 20" preserveAspectRatio="none"'
    return f'<svg class="bars" role="img" aria-label="{label}" {box}>{drawn}</svg>'


def _plots(comparison: Comparison, store: RunStore) -> str:
    names = [*comparison.first.plots, *(name for name in comparison.second.plots if name not in comparison.first.plots)]
    return "".join(
        _plot(record, name, store)
        for name in names
        for record in (comparison.first, comparison.second)
        if name in record.plots
    )


def _plot(record: Record, name: str, store: RunStore) -> str:
    drawing = store.read_plot(record.id, record.plots[name])
    caption = f"<figcaption><strong>{escape(name)}</strong><p>{record.id}</p></figcaption>"
    return f"<figure>{caption}{drawing}</figure>\n"
