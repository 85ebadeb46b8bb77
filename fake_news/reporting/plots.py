"""Charts as SVG, drawn by matplotlib; the page around them sets the colours."""

from __future__ import annotations

import io
import re
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator, PercentFormatter

from fake_news.reporting.charts import Bars, Chart, Confusion, Curves, Dots, Histogram, Matrix

# Placeholders that are replaced by the page's own colours, in light and in dark.
INK, GRID, SERIES = "#000001", "#000002", ("#000003", "#000004", "#000005", "#000006")

_ALONE = ("#0072b2", "#d55e00", "#008a64", "#a05a8c")  # for drawings outside such a page
_COLOURS = {
    INK: "currentColor",
    GRID: "var(--grid, #d9dbde)",
    **{
        stand_in: f"var(--series-{number}, {colour})"
        for number, (stand_in, colour) in enumerate(zip(SERIES, _ALONE, strict=True), start=1)
    },
}

DASHES = ("solid", "dashed", "dotted", "dashdot")
MARKERS = ("o", "s", "^", "D")
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be read aloud, searched and copied
    "svg.hashsalt": "plumbline",
    "font.size": 10,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.color": INK,
    "ytick.color": INK,
    "grid.color": GRID,
    "legend.frameon": False,
}

_FAINTEST = 0.35
_MOST_TICKS = 5  # of labels such as -0.0125, which would overlap


def drawing_style() -> Any:
    """The matplotlib settings for a drawing, as a context manager."""
    return mpl.rc_context(_STYLE)


def as_svg(canvas: Canvas) -> str:
    """Write a drawing as an ``<svg>`` element without prologue, metadata or external references."""
    buffer = io.StringIO()
    FigureCanvasSVG(canvas)
    canvas.savefig(buffer, format="svg", transparent=True, bbox_inches="tight", metadata={"Date": None})
    drawing = re.sub(r"<metadata>.*?</metadata>", "", buffer.getvalue(), flags=re.DOTALL)
    drawing = drawing[drawing.index("<svg") :]
    for stand_in, colour in _COLOURS.items():
        drawing = drawing.replace(stand_in, colour)
    return re.sub(r'(?<=<svg )(.*?)width="[^"]*"(.*?)height="[^"]*"', r"\1\2", drawing, count=1, flags=re.DOTALL)


def draw_bars(chart: Bars) -> Canvas:
    """Draw bars below each other, the first on top; values below 0 extend to the left."""
    canvas = Canvas(figsize=(5.4, 1.1 + 0.27 * len(chart.bars)))
    axes = canvas.add_subplot()
    rows = np.arange(len(chart.bars))
    left = np.zeros(len(chart.bars))
    for number, (name, (colour, alpha)) in enumerate(zip(chart.pieces, _paints(chart), strict=True)):
        values = np.array([bar.values[number] for bar in chart.bars])
        axes.barh(rows, values, 0.72, left=left, color=colour, alpha=alpha, label=name, linewidth=0)
        left = left + values
    axes.set_yticks(rows, [bar.label for bar in chart.bars])
    axes.set(xlabel=chart.x_label, ylim=(len(rows) - 0.4, -0.6))
    if chart.x_label.startswith("share"):
        axes.xaxis.set_major_formatter(PercentFormatter(1.0))
        axes.set_xlim(left=0.0)
    axes.grid(axis="x", linewidth=0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    if len(chart.pieces) > 1:
        below = -0.55 / axes.get_window_extent().height * canvas.dpi  # half an inch, whatever the height
        axes.legend(loc="upper center", bbox_to_anchor=(0.4, below), ncols=min(len(chart.pieces), 3))
    return canvas


def draw_histogram(chart: Histogram) -> Canvas:
    """Draw distributions as outlines over each other."""
    canvas = Canvas(figsize=(5.4, 3.6))
    axes = canvas.add_subplot()
    for number, steps in enumerate(chart.steps):
        label = f"{steps.name} (n = {steps.n:,})"
        colour, dash = SERIES[number % len(SERIES)], DASHES[number % len(DASHES)]
        axes.stairs(steps.heights, chart.edges, color=colour, linewidth=1.8, linestyle=dash, label=label)
        axes.stairs(steps.heights, chart.edges, color=colour, alpha=0.12, fill=True, linewidth=0)
    axes.set(xlabel=chart.x_label, ylabel=chart.y_label, xlim=(chart.edges[0], chart.edges[-1]), ylim=(0, None))
    if chart.y_label.startswith("share"):
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.grid(linewidth=0.6)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2)
    return canvas


def draw_matrix(chart: Matrix) -> Canvas:
    """Draw numbers in squares, the stronger the darker, those below 0 in another colour."""
    count = len(chart.labels)
    canvas = Canvas(figsize=(1.6 + 0.46 * count, 1.6 + 0.46 * count))
    axes = canvas.add_subplot()
    for row, values in enumerate(chart.values):
        for column, value in enumerate(values):
            colour = SERIES[0] if value >= 0 else SERIES[1]
            square = Rectangle((column, row), 0.94, 0.94, color=colour, alpha=0.85 * min(abs(value), 1.0), linewidth=0)
            axes.add_patch(square)
            text = f"{value:z.2f}".replace("0.", ".").replace("-", "−")
            axes.text(column + 0.47, row + 0.5, text, ha="center", va="center", fontsize=7.5)
    middles = np.arange(count) + 0.47
    axes.set_yticks(middles, chart.labels)
    axes.set_xticks(middles, chart.labels, rotation=90)
    axes.set(xlim=(0, count), ylim=(count, 0), aspect="equal")
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return canvas


def _paints(chart: Bars) -> list[tuple[str, float]]:
    """Colour and opacity of each piece."""
    count = len(chart.pieces)
    if not chart.ordered:
        return [(SERIES[number % len(SERIES)], 0.85) for number in range(count)]
    half = count // 2
    fading = np.linspace(1.0, _FAINTEST, half).tolist()
    return [(SERIES[1], alpha) for alpha in fading] + [(SERIES[0], alpha) for alpha in reversed(fading)]


def svg(chart: Chart) -> str:
    """Draw a chart as an ``<svg>`` element without prologue, metadata or external references."""
    with drawing_style():
        match chart:
            case Curves():
                canvas = _curves(chart)
            case Dots():
                canvas = _dots(chart)
            case Confusion():
                canvas = _confusion(chart)
            case Bars():
                canvas = draw_bars(chart)
            case Histogram():
                canvas = draw_histogram(chart)
            case Matrix():
                canvas = draw_matrix(chart)
        return as_svg(canvas)


def _curves(chart: Curves) -> Canvas:
    canvas = Canvas(figsize=(5.4, 4.6))
    axes = canvas.add_subplot()
    axes.plot(*zip(*chart.reference, strict=True), color=INK, linewidth=0.8, linestyle=(0, (2, 3)))
    for number, line in enumerate(chart.series):
        colour, label = SERIES[number % len(SERIES)], f"{line.name} (n = {line.n:,})"
        if chart.points:
            axes.vlines(line.x, line.low, line.high, color=colour, linewidth=1.2, alpha=0.7)
            axes.plot(line.x, line.y, color=colour, marker=MARKERS[number], markersize=5, linewidth=0.8, label=label)
        else:
            axes.fill_between(line.x, line.low, line.high, color=colour, alpha=0.2, linewidth=0)
            axes.plot(line.x, line.y, color=colour, linewidth=1.8, linestyle=DASHES[number], label=label)
    axes.set(xlabel=chart.x_label, ylabel=chart.y_label, xlim=(0, 1))
    lowest = min(min(line.low) for line in chart.series)
    axes.set_ylim(0.4 if lowest > 0.4 else 0.0, 1.0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0))
    axes.grid(linewidth=0.6)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), handlelength=3)
    return canvas


def _dots(chart: Dots) -> Canvas:
    canvas = Canvas(figsize=(5.4, 0.9 + 0.27 * len(chart.dots)))
    axes = canvas.add_subplot()
    rows = np.arange(len(chart.dots))
    if chart.reference is not None:
        axes.axvline(chart.reference, color=INK, linewidth=0.8, linestyle=(0, (2, 3)))
    figures = [dot.figure for dot in chart.dots]
    axes.hlines(rows, [f.low for f in figures], [f.high for f in figures], color=SERIES[0], linewidth=2.4, alpha=0.5)
    axes.plot([f.value for f in figures], rows, "o", color=SERIES[0], markersize=5, clip_on=False)
    axes.set_yticks(rows, [f"{dot.label}  (n = {dot.n:,})" for dot in chart.dots])
    axes.set(xlabel=chart.x_label, ylim=(len(rows) - 0.4, -0.6))
    axes.xaxis.set_major_locator(MaxNLocator(_MOST_TICKS))
    _percent_axis(axes, max(f.high for f in figures))
    axes.grid(axis="x", linewidth=0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    return canvas


def _percent_axis(axes: Axes, largest: float) -> None:
    if axes.get_xlabel().startswith("share"):
        axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=1 if largest < 0.05 else 0))
        axes.set_xlim(left=0.0)


def _confusion(chart: Confusion) -> Canvas:
    classes = len(chart.labels)
    size = 1.1 + 0.78 * classes if classes > 2 else 4.4
    canvas = Canvas(figsize=(size + 0.4, size))
    axes = canvas.add_subplot()
    for row, shares in enumerate(chart.shares):
        for column, figure in enumerate(shares):
            axes.add_patch(
                Rectangle((column, row), 0.96, 0.96, color=SERIES[0], alpha=0.75 * figure.value, linewidth=0)
            )
            axes.text(column + 0.48, row + 0.40, f"{figure.value:.0%}", ha="center", va="center", fontsize=11)
            axes.text(
                column + 0.48,
                row + 0.68,
                f"{100 * figure.low:.0f}–{100 * figure.high:.0f} %",
                ha="center",
                va="center",
                fontsize=7.5,
            )
    totals = [f"{label}\n(n = {sum(counts):,})" for label, counts in zip(chart.labels, chart.counts, strict=True)]
    middles = np.arange(classes) + 0.48
    axes.set_yticks(middles, totals)
    axes.set_xticks(middles, [label.replace("-", "-\n") for label in chart.labels])
    axes.set(xlim=(0, classes), ylim=(classes, 0), xlabel=chart.x_label, ylabel=chart.y_label, aspect="equal")
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    return canvas
