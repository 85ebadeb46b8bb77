"""Bars, histograms and matrices, drawn."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle
from matplotlib.ticker import PercentFormatter

from fake_news.reporting.distributions import Bars, Histogram, Matrix
from fake_news.reporting.drawing import DASHES, SERIES

_FAINTEST = 0.35


def draw_bars(chart: Bars) -> Canvas:
    """Bars below each other, the first on top; values below 0 go to the left."""
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
    """Distributions as outlines over each other."""
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
    """Numbers in squares, the stronger the darker, those below 0 in another colour."""
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
