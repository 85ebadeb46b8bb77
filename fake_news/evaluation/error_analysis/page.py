"""The report of the error analysis as one HTML file; it holds statements, so it is for local reading alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fake_news.evaluation.error_analysis.analyse import Analysis
from fake_news.evaluation.error_analysis.parts import ABOUT, Part
from fake_news.evaluation.error_analysis.worst import WorstError
from fake_news.reporting.charts import Chart
from fake_news.reporting.html_page import render
from fake_news.reporting.report import HEADER, cells

_MOST_LISTED = 25  # of noise candidates and of opposite pairs: what a person reads through
_STRONGEST_TINT = 0.55
_FAINTEST_SHARE = 0.15  # of the strongest word's weight, below which a word stays plain
_ABOUT = (
    "The recipe, fitted under each protocol and read on its validation statements; no test statement was looked at. "
    "Wrong means: on the other side of P(true) = .5, calibrated to an even base rate. Intervals are 95 %, from 1,000 "
    "bootstrap resamples."
)


@dataclass(frozen=True)
class Piece:
    """A piece of a statement: one that pulled to a side is tinted, the stronger its weight the more."""

    text: str
    side: str = ""
    tint: float = 0.0
    weight: float = 0.0


def analysis_page(analyses: Sequence[Analysis]) -> str:
    """The whole page."""
    parts = [part for part in Part if part is not Part.FOREST or any(_rows(part, one) for one in analyses)]
    return render(
        "error_analysis.html",
        title="Plumbline: where it errs",
        about=_ABOUT,
        contents={part.name.lower(): part.value for part in parts},
        parts=[
            (part, ABOUT[part], [(one, _charts(part, one), _rows(part, one)) for one in analyses]) for part in parts
        ],
        header=HEADER,
        most_listed=_MOST_LISTED,
        pieces=pieces,
        chance=_chance,
    )


def pieces(error: WorstError) -> Iterator[Piece]:
    """Take a statement apart into the words that pulled it to a side and what stands between them."""
    strongest = max(float(np.abs(error.weights).max(initial=0.0)), 1e-9)
    text, place = error.statement.text, 0
    for token, weight in zip(error.tokens, error.weights.tolist(), strict=True):
        share = abs(weight) / strongest
        if share < _FAINTEST_SHARE:
            continue
        yield Piece(text[place : token.start])
        side = "true" if weight > 0.0 else "false"
        yield Piece(text[token.start : token.end], side, _STRONGEST_TINT * share, weight)
        place = token.end
    yield Piece(text[place:])


def _charts(part: Part, analysis: Analysis) -> list[Chart]:
    return [chart for chart in analysis.findings.charts if chart.section == part]


def _rows(part: Part, analysis: Analysis) -> list[tuple[str, ...]]:
    return [cells(row) for row in analysis.findings.rows if row.section == part]


def _chance(probability: float) -> str:
    return f"P(true) {probability:.2f}"
