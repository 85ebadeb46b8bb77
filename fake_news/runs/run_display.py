"""How run records are shown: as lines for the terminal, and a comparison of two as a self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fake_news.runs.record import Artefact, Record
from fake_news.runs.run_comparison import Comparison, MetricPair, code_text, flat
from fake_news.runs.run_store import BrokenRecord, RunStore

_HEADER = ("id", "started", "took", "status", "command", "code", "result")
_SHORT = 12


def list_lines(records: Sequence[Record], broken: Sequence[BrokenRecord]) -> Iterator[str]:
    """List one line for each run, the newest first, then the broken records."""
    if records:
        yield from align([_HEADER, *map(_cells, reversed(records))])
    for run in broken:
        yield f"{run.id}  broken: {run.why}"


def show_lines(record: Record) -> Iterator[str]:
    """Show everything about a run but its packages, which are too many to read."""
    yield f"run {record.id}: {record.command}, {record.status}" + (f" ({record.error})" if record.error else "")
    parts = {
        "": {
            "arguments": " ".join(record.arguments),
            "started": when(record),
            "took": took(record),
            "seed": "none" if record.seed is None else str(record.seed),
            "code": f"{code_text(record)}, sources {record.code.sha256[:_SHORT]}",
            "environment": f"{record.environment.python} on {record.environment.platform}, "
            f"{record.environment.processors} processors, {len(record.environment.packages)} packages",
        },
        "configuration": flat(record.configuration),
        "data": {name: sha256[:_SHORT] for name, sha256 in record.data.items()},
        "metrics": {name: number(value) for name, value in record.metrics.items()},
        "plots": record.plots,
        "artefacts": {artefact.path: _artefact(artefact) for artefact in record.artefacts},
        "notes": flat(record.notes),
    }
    for heading, entries in parts.items():
        if entries:
            yield from (["", heading] if heading else [])
            yield from align([(f"  {name}", value) for name, value in entries.items()])


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """Show two runs: their headers, what differs, and the figures."""
    first, second = comparison.first, comparison.second
    yield from align([_HEADER, _cells(first), _cells(second)])
    yield ""
    if comparison.differences:
        yield f"What differs from {first.id} to {second.id}"
        yield from align(
            [(f"  {one.kind}", one.name, f"{one.first or '–'} → {one.second or '–'}") for one in comparison.differences]
        )
    else:
        yield "Nothing differs: settings, seed, code, data and environment are the same."
    if comparison.metrics:
        yield ""
        rows = [
            (f"  {pair.name}", number(pair.first), number(pair.second), change(pair.change))
            for pair in comparison.metrics
        ]
        yield from align([("metrics", first.id, second.id, "change"), *rows])


def when(record: Record) -> str:
    """The start of a run in local time."""
    return record.started.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def took(record: Record) -> str:
    """The duration of a run; a dash where it is unknown."""
    return "–" if record.duration is None else str(timedelta(seconds=round(record.duration)))


def number(value: float | None) -> str:
    """Format a figure with five significant digits."""
    return "–" if value is None else f"{value:.5g}"


def change(value: float | None) -> str:
    """Format a difference with its sign."""
    return "–" if value is None else f"{value:+.3g}"


def align(lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """Pad the cells of a table to columns of the same width."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()


def _cells(record: Record) -> tuple[str, ...]:
    result = record.error or f"{len(record.metrics)} metrics, {len(record.plots)} plots"
    return (record.id, when(record), took(record), record.status, record.command, code_text(record), result)


def _artefact(artefact: Artefact) -> str:
    files = "" if artefact.files is None else f", {len(artefact.files)} files"
    return f"{artefact.sha256[:_SHORT]}, {artefact.bytes:,} bytes{files}"


_BAR_WIDTH = 200.0
_SECTIONS = {"runs": "The two runs", "differences": "What differs", "metrics": "Metrics", "plots": "Plots"}


@dataclass(frozen=True)
class Bar:
    """The bar of one run's figure; ``x`` and ``width`` are in units of the drawing, 200 wide."""

    side: str
    x: float
    width: float


def comparison_page(comparison: Comparison, store: RunStore) -> str:
    """Render the page that compares two runs.

    Raises
    ------
    TrackingError
        If a plot cannot be read.
    """
    from fake_news.reporting.html_page import render  # Jinja2 and Matplotlib, which only the page needs

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
    """Lay out the bars of two figures on one scale that includes zero."""
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
