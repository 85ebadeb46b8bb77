"""The plots of a model card: what a checkpoint brings is what is drawn, in real browsers."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from fake_news.reporting.charts import Confusion, Curves, Dot, Dots, Series
from fake_news.reporting.report import Row, Section
from fake_news.statistics.resampling import Figure
from tests.conftest import RunningServer, serving
from tests.extension.browsers import Tab
from tests.server.checkpoints import changed_checkpoint
from tests.server.dashboard.page import open_view

pytestmark = pytest.mark.browser

PREDICTED, OBSERVED = [0.05, 0.3, 0.7, 0.95], [0.1, 0.25, 0.65, 0.8]
RELIABILITY = Curves(
    Section.CALIBRATION,
    "Reliability by year",
    "Shifted to the base rate that was known.",
    "predicted P(true)",
    "share that was rated true",
    [(0.0, 0.0), (1.0, 1.0)],
    [
        Series(name, n, PREDICTED, OBSERVED, [y - 0.08 for y in OBSERVED], [y + 0.08 for y in OBSERVED])
        for name, n in (("2021", 1200), ("2022", 900))
    ],
    points=True,
)
ROC = Curves(
    Section.VERACITY,
    "ROC",
    "At every threshold.",
    "false taken for true",
    "true taken for true",
    [(0.0, 0.0), (1.0, 1.0)],
    [Series("2021", 1200, [0.0, 0.5, 1.0], [0.0, 0.8, 1.0], [0.0, 0.7, 1.0], [0.0, 0.9, 1.0])],
)
BY_SPEAKER = Dots(
    Section.SLICES,
    "By speaker",
    "Wide intervals mean few statements.",
    "AUC",
    0.5,
    [Dot("governors", 150, Figure(0.71, 0.62, 0.8)), Dot("viral posts", 900, Figure(0.66, 0.61, 0.72))],
)
CALLED = Confusion(
    Section.SIX_WAY,
    "Called and rated",
    "Not what it was made for.",
    ["false", "true"],
    [[30, 10], [20, 40]],
    [
        [Figure(0.75, 0.6, 0.9), Figure(0.25, 0.1, 0.4)],
        [Figure(1 / 3, 0.2, 0.5), Figure(2 / 3, 0.5, 0.8)],
    ],
)
ROWS = [
    Row(Section.VERACITY, "AUC", "test", 1200, 0.5, Figure(0.7, 0.65, 0.75), "majority .500"),
    Row(Section.VERACITY, "difference in AUC", "test", 1200, 0.5, Figure(-0.02, -0.04, 0.01), "the simple model"),
    Row(Section.VERACITY, "recall", "nowhere", 0, None, None, "–"),
    *(Row(Section.SLICES, "AUC", f"slice {number}", 100, 0.4, 0.6, "majority .500") for number in range(20)),
]


def plain(value: Any) -> Any:
    """As it is in the checkpoint's file."""
    return json.loads(json.dumps(asdict(value)))


@pytest.fixture(scope="module")
def server_with_charts(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A server whose checkpoint's card has plots, and figures of several sections."""
    folder = tmp_path_factory.mktemp("charts")
    card = {
        "measures": [plain(row) for row in ROWS],
        "charts": [plain(chart) for chart in (RELIABILITY, ROC, BY_SPEAKER, CALLED)],
    }
    checkpoint = changed_checkpoint(folder, "drawn", lambda model: model["card"].update(card))
    with serving(folder / "server.log", "--checkpoint", str(checkpoint)) as server:
        yield server


MARKERS = """[...document.querySelectorAll('[data-kind=curves] .marker:has(title)')]
  .map((marker) => [...marker.getAttribute('transform').matchAll(/[0-9.]+/g)].map(Number))"""
ROWS_OF = """(number) => [...document.querySelectorAll(
  `#model-measures > section:nth-of-type(${number}) .measures tbody tr`)].map((row) => row.textContent)"""
DIAGONAL = """document.querySelector('[aria-label="Reliability by year"] .no-skill').getAttribute('points')
  .split(' ').map((point) => point.split(',').map(Number))"""


@pytest.fixture
def card(tab: Tab, server_with_charts: RunningServer) -> Tab:
    """The model card, drawn."""
    open_view(tab, server_with_charts.address, "model")
    tab.wait_until("document.querySelectorAll('#model-measures .chart svg').length === 3", "the plots")
    return tab


def test_a_card_s_plots_are_drawn_from_its_numbers(card: Tab) -> None:
    (left, bottom), (right, top) = card.evaluate(DIAGONAL)
    markers = card.evaluate(MARKERS)
    assert len(markers) == 2 * len(PREDICTED)
    for (x, y), predicted, observed in zip(markers, 2 * PREDICTED, 2 * OBSERVED, strict=True):
        assert x == pytest.approx(left + predicted * (right - left), abs=0.5)
        assert y == pytest.approx(bottom + observed * (top - bottom), abs=0.5)
    table = card.evaluate("[...document.querySelectorAll('figure details tbody tr')].map((row) => row.textContent)")
    assert table[:2] == ["20210.0500.1000.020 to 0.180", "20210.3000.2500.170 to 0.330"]
    assert len(card.evaluate("[...document.querySelectorAll('.band')].map((band) => band.tagName)")) == 1
    dots = card.evaluate("[...document.querySelectorAll('[data-kind=dots] title')].map((dot) => dot.textContent)")
    assert dots[0] == "governors (n = 150): 0.710 (0.620 to 0.800)"
    shades = card.evaluate("[...document.querySelectorAll('.confusion td')].map((cell) => cell.dataset.shade)")
    assert shades == ["8", "3", "3", "7"]


def test_figures_stand_in_the_sections_of_the_card(card: Tab) -> None:
    panels = card.evaluate("[...document.querySelectorAll('#model-measures > section h2')].map((h) => h.textContent)")
    assert panels == [
        section.value for section in (Section.VERACITY, Section.SLICES, Section.CALIBRATION, Section.SIX_WAY)
    ]
    auc, difference, none = card.call(ROWS_OF, 1)
    assert auc == "AUCtest0.7000.650 to 0.75050 %majority .5001,200"
    assert "-0.020" in difference
    assert none == "recallnowhere–––0"
    # a difference has no place on a scale from 0 to 1, and what was not measured has none either
    assert (
        card.evaluate("document.querySelectorAll('#model-measures section:nth-of-type(1) .measures circle').length")
        == 1
    )
    assert len(card.call(ROWS_OF, 2)) == 20
    assert card.evaluate("document.querySelector('#model-measures section:nth-of-type(2) > details').open") is False
    assert card.evaluate("document.querySelector('#model-no-charts').hidden") is True


def test_a_plot_is_as_wide_as_a_narrow_window(card: Tab) -> None:
    card.set_viewport(320, 700)
    card.wait_until("document.documentElement.scrollWidth <= innerWidth", "nothing juts out")
    card.wait_until(
        "document.querySelector('[aria-label=\"ROC\"]').viewBox.baseVal.width < 320", "the plot is drawn again"
    )
