"""Exploration: a report on the data, with its plots."""

from __future__ import annotations

from pathlib import Path

from fake_news.exploration.explore import explore
from fake_news.exploration.report import Exploration, Part, exploration_report
from fake_news.reporting.output import as_json, write_text
from fake_news.reporting.plots import svg
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder


def explore_data(
    data_folder: Path, html: Path, json: Path | None = None, recorder: Recorder = DEFAULT_RECORDER
) -> Exploration:
    """Explore LIAR and the PolitiFact archive, and write the report.

    Parameters
    ----------
    html : the page to write; it holds words and names of the data sets
    json : a file for the numbers behind the plots

    Raises
    ------
    PlumblineError
        If a data set is missing or malformed, or a file cannot be written.
    """
    with recorder.record("explore", configuration={"data": data_folder}) as run:
        exploration = explore(data_folder)
        write_text(html, exploration_report(exploration))
        if json:
            write_text(json, as_json(exploration.as_json()))
        run.metrics({f"{name}_statements": count for name, count in exploration.statements.items()})
        for chart in exploration.charts:
            if chart.section == Part.LEAK:
                run.plot(chart.title, svg(chart))
        run.artefact(html)
    return exploration
