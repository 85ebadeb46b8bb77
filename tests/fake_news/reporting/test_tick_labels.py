"""The ticks of a chart can be read: no label runs into the next."""

from __future__ import annotations

from itertools import pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from fake_news.reporting.charts import Dot, Dots
from fake_news.reporting.plots import _dots, drawing_style
from fake_news.reporting.report import Section
from fake_news.statistics.resampling import Figure


@pytest.mark.parametrize("low", [-0.0128, -0.0008, -0.3])
def test_labels_of_small_differences_stand_apart(low: float) -> None:
    dots = [Dot("LIAR test", 1283, Figure(low / 9, low, -low)), Dot("PolitiFact 2021–22", 3397, Figure(0.0, low, -low))]
    chart = Dots(Section.VERACITY, "How much better", "", "difference of AUC", 0.0, dots)
    with drawing_style():
        figure = _dots(chart)
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        [axes] = figure.axes
        left, right = axes.get_xlim()
        labels = [
            label
            for place, label in zip(axes.get_xticks(), axes.get_xticklabels(), strict=True)
            if left <= place <= right
        ]
        boxes = [label.get_window_extent(canvas.get_renderer()) for label in labels]
    assert len(boxes) >= 2
    assert all(first.x1 + 2 < second.x0 for first, second in pairwise(boxes)), [one.get_text() for one in labels]
