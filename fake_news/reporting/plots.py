"""The report's charts as SVG, drawn by matplotlib and coloured by the page that holds them."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator, PercentFormatter

from fake_news.reporting.charts import Chart, Confusion, Curves, Dots
from fake_news.reporting.distribution_plots import draw_bars, draw_histogram, draw_matrix
from fake_news.reporting.distributions import Bars, Histogram, Matrix
from fake_news.reporting.drawing import DASHES, INK, MARKERS, SERIES, as_svg, drawn_in_style

_MOST_TICKS = 5  # of labels such as -0.0125, which would overlap


def svg(chart: Chart) -> str:
    """A chart as an ``<svg>`` element without prologue, metadata or anything outside itself."""
    with drawn_in_style():
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
