"""The report of the error analysis as one HTML file; it holds statements, so it is for local reading alone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np

from fake_news.data.statements import Statement
from fake_news.evaluation.error_analysis.analyse import Analysis
from fake_news.evaluation.error_analysis.opposites import Pair
from fake_news.evaluation.error_analysis.parts import ABOUT, Part
from fake_news.evaluation.error_analysis.worst import WorstError
from fake_news.reporting.html_page import figure, html_page, html_table
from fake_news.reporting.report import HEADER, cells

_MOST_LISTED = 25  # of noise candidates and of opposite pairs: what a person reads through
_STRONGEST_TINT = 0.55
_STYLE = """
td:nth-child(n+3):nth-child(-n+5) { white-space: nowrap; font-variant-numeric: tabular-nums; }
.warning { border: 1px solid var(--series-2); padding: .6rem .9rem; max-width: 46rem; }
h3 { font-size: 1.05rem; margin: 1.6rem 0 .5rem; } h4 { font-size: .95rem; margin: 1.2rem 0 .3rem; }
ol.statements { list-style: none; padding: 0; display: grid; gap: .9rem 2.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(30rem, 100%), 1fr)); }
ol.statements li { border-left: 3px solid var(--grid); padding-left: .8rem; }
ol.statements q { quotes: none; } .meta { color: var(--faint); font-size: .85rem; display: block; }
.meta b { color: var(--ink); font-weight: 600; }
mark { color: inherit; border-radius: 2px; }
mark.true { background: color-mix(in srgb, var(--series-1) calc(100% * var(--tint)), transparent);
  border-bottom: 2px solid var(--series-1); }
mark.false { background: color-mix(in srgb, var(--series-2) calc(100% * var(--tint)), transparent);
  border-top: 2px dashed var(--series-2); }
details { margin-top: .8rem; } summary { cursor: pointer; }
"""
_ABOUT = (
    "The recipe, fitted under each protocol and read on its validation statements; no test statement was looked at. "
    "Wrong means: on the other side of P(true) = .5, calibrated to an even base rate. Intervals are 95 %, from 1,000 "
    "bootstrap resamples."
)
_WARNING = (
    '<p class="warning">This page holds statements of the data sets, which carry no licence: it is for your own eyes. '
    "Do not publish or commit it.</p>\n"
)


def analysis_page(analyses: Sequence[Analysis]) -> str:
    """The whole page."""
    parts = [part for part in Part if part is not Part.FOREST or any(_of(part, analysis) for analysis in analyses)]
    body = "".join(_part(part, analyses) for part in parts)
    contents = {part.name.lower(): part.value for part in parts}
    return html_page("Plumbline: where it errs", _ABOUT, contents, _WARNING + body, _STYLE)


def _of(part: Part, analysis: Analysis) -> list[tuple[str, ...]]:
    return [cells(row) for row in analysis.findings.rows if row.section == part]


def _part(part: Part, analyses: Sequence[Analysis]) -> str:
    inner = "".join(f"<h3>{escape(analysis.explored.name)}</h3>\n{_content(part, analysis)}" for analysis in analyses)
    return (
        f'<section id="{part.name.lower()}">\n<h2>{escape(part.value)}</h2>\n<p>{escape(ABOUT[part])}</p>\n'
        f"{inner}</section>\n"
    )


def _content(part: Part, analysis: Analysis) -> str:
    charts = "".join(figure(chart) for chart in analysis.findings.charts if chart.section == part)
    rows = _of(part, analysis)
    table = html_table(HEADER, rows) if rows else ""
    if charts and table:
        table = f"<details><summary>The same figures as a table ({len(rows)} rows)</summary>{table}</details>\n"
    local = {Part.WORST: _worst, Part.CLUSTERS: _clusters, Part.NOISE: _noise}.get(part, lambda _: "")(analysis)
    content = f'<div class="charts">{charts}</div>\n' if charts else ""
    return f"{content}{table}{local}" or '<p class="faint">Too few statements to say anything.</p>\n'


def _worst(analysis: Analysis) -> str:
    if not analysis.worst:
        return '<p class="faint">None.</p>\n'
    trusting = [error for error in analysis.worst if not error.statement.is_true]
    suspicious = [error for error in analysis.worst if error.statement.is_true]
    return "".join(
        f"<h4>{title}</h4>\n{_listed([_worst_error(error) for error in errors])}"
        for title, errors in (("Too trusting: rated false", trusting), ("Too suspicious: rated true", suspicious))
        if errors
    )


def _worst_error(error: WorstError) -> str:
    return (
        f"<q>{_with_marks(error)}</q>{_meta(error.statement, f'P(true) {error.probability:.2f}')}"
        f'<span class="meta">Nearest training statement ({error.similarity:.2f}), rated '
        f"<b>{escape(error.nearest.rating)}</b>: {escape(error.nearest.text)}</span>"
    )


def _with_marks(error: WorstError) -> str:
    """The statement with every word tinted by what it adds."""
    strongest = max(float(np.abs(error.weights).max(initial=0.0)), 1e-9)
    text, parts, place = error.statement.text, [], 0
    for token, weight in zip(error.tokens, error.weights.tolist(), strict=True):
        share = abs(weight) / strongest
        if share < 0.15:  # what hardly matters stays plain
            continue
        parts.append(escape(text[place : token.start]))
        side = "true" if weight > 0.0 else "false"
        parts.append(
            f'<mark class="{side}" style="--tint:{_STRONGEST_TINT * share:.2f}" title="{weight:+.2f}">'
            f"{escape(text[token.start : token.end])}</mark>"
        )
        place = token.end
    return "".join([*parts, escape(text[place:])])


def _clusters(analysis: Analysis) -> str:
    statements, wrong = analysis.explored.validation.statements, analysis.explored.wrong
    probability = analysis.explored.validation.probability
    return "".join(
        f"<h4>{escape(', '.join(cluster.terms))}: {wrong[cluster.members].mean():.0%} judged wrongly</h4>\n"
        + _listed([_plain(statements[row], f"P(true) {probability[row]:.2f}") for row in cluster.examples])
        for cluster in analysis.clusters
    )


def _noise(analysis: Analysis) -> str:
    train, candidates = analysis.explored.train, analysis.noise[:_MOST_LISTED]
    listed = [
        _plain(train.statements[row], f"P(true) {train.probability[row]:.2f}, by models without it")
        for row in candidates.tolist()
    ]
    pairs = [_pair(pair) for pair in analysis.opposites[:_MOST_LISTED]]
    return "".join(
        f"<h4>{title}</h4>\n{_listed(items)}"
        for title, items in (
            (f"The clearest {len(listed)} of {len(analysis.noise):,} candidates", listed),
            (f"The most alike {len(pairs)} of {len(analysis.opposites):,} pairs rated on opposite sides", pairs),
        )
        if items
    )


def _pair(pair: Pair) -> str:
    words = ", ".join(pair.differing_words) or "none"
    return (
        f"{_plain(pair.first, '')}{_plain(pair.second, '')}"
        f'<span class="meta">Similarity {pair.similarity:.2f}; words of one alone: {escape(words)}</span>'
    )


def _plain(statement: Statement, told: str) -> str:
    return f"<q>{escape(statement.text)}</q>{_meta(statement, told)}"


def _meta(statement: Statement, told: str) -> str:
    facts = [told, statement.speaker, statement.date]
    rest = escape(" · ".join(filter(None, facts)))
    return f'<span class="meta">rated <b>{escape(statement.rating)}</b> · {rest}</span>'


def _listed(items: Sequence[str]) -> str:
    return f'<ol class="statements">{"".join(f"<li>{item}</li>" for item in items)}</ol>\n'
