"""The findings of an evaluation in the record of its run: every figure a metric, every chart a plot."""

from __future__ import annotations

from fake_news.reporting.charts import Findings
from fake_news.reporting.plots import svg
from fake_news.runs.recording import Run
from fake_news.statistics.resampling import Figure


def flat_metrics(findings: Findings) -> dict[str, float]:
    """Every figure as one number by its name, without intervals."""
    return {
        f"{row.measure}: {row.where}": row.figure.value if isinstance(row.figure, Figure) else row.figure
        for row in findings.rows
        if row.figure is not None
    }


def record_findings(run: Run, findings: Findings) -> None:
    """Tell a run what was found; the intervals stay in the report, as a metric is one number."""
    run.metrics(flat_metrics(findings))
    for chart in findings.charts:
        run.plot(chart.title, svg(chart))
