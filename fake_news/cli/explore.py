"""``explore``: look at the data, as a report with plots."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.files import add_data_dir, add_runs, as_json, require_folder_of, write_text


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    explore = commands.add_parser("explore", help="look at the data: labels, lengths, speakers, words, leaks, in plots")
    explore.add_argument("--html", type=Path, required=True, metavar="FILE", help="the report; it stays with you")
    explore.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers behind the plots")
    add_data_dir(explore)
    add_runs(explore)
    explore.set_defaults(run=_explore)


def _explore(options: argparse.Namespace) -> None:
    from fake_news.data.available import described
    from fake_news.data.folder import data_folder
    from fake_news.exploration.explore import explore
    from fake_news.exploration.report import exploration_report
    from fake_news.exploration.sections import Part
    from fake_news.reporting.plots import svg
    from fake_news.runs.recording import recorded

    require_folder_of(options.html, options.json)
    folder = data_folder(options.data_dir)
    with recorded("explore", configuration={"data": folder}, runs=options.runs) as run:
        found = explore(folder)
        write_text(options.html, exploration_report(found))
        if options.json:
            write_text(options.json, as_json(found.as_json()))
        run.metrics({f"{name}_statements": count for name, count in found.statements.items()})
        for chart in found.charts:
            if chart.section == Part.LEAK:
                run.plot(chart.title, svg(chart))
        run.artefact(options.html)
    counts = " and ".join(f"{count:,} statements of {name}" for name, count in found.statements.items())
    for line in described(found.missing):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"Looked at {counts}: {len(found.charts)} plots in {options.html}.\n")
