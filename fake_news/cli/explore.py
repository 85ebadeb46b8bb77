"""``explore``: look at the data, as a report with plots."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_data_dir, add_runs, recorder_of


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    explore = commands.add_parser("explore", help="look at the data: labels, lengths, speakers, words, leaks, in plots")
    explore.add_argument("--html", type=Path, required=True, metavar="FILE", help="the report; it stays with you")
    explore.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers behind the plots")
    add_data_dir(explore)
    add_runs(explore)
    explore.set_defaults(run=_explore)


def _explore(options: argparse.Namespace) -> None:
    from fake_news.data.catalogue import missing_lines
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.explore import explore_data
    from fake_news.reporting.output import require_folder_of

    require_folder_of(options.html, options.json)
    found = explore_data(data_folder(options.data_dir), options.html, options.json, recorder_of(options))
    counts = " and ".join(f"{count:,} statements of {name}" for name, count in found.statements.items())
    for line in missing_lines(found.missing):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"Looked at {counts}: {len(found.charts)} plots in {options.html}.\n")
