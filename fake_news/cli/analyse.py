"""``explore``: a report on the data; ``analyse``: a report on the detector's errors."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_data_dir, add_recipe, add_runs, recorder_of


def add_explore(commands: Any) -> None:
    """Add the command to the parser's commands."""
    explore = commands.add_parser("explore", help="explore the data in plots: labels, lengths, speakers, words, leaks")
    explore.add_argument("--html", type=Path, required=True, metavar="FILE", help="the report; do not publish it")
    explore.add_argument("--json", type=Path, metavar="FILE", help="also write the numbers behind the plots")
    add_data_dir(explore)
    add_runs(explore)
    explore.set_defaults(run=_explore)


def _explore(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.data.status import missing_lines
    from fake_news.pipelines.analyse import explore_data
    from fake_news.reporting.report import require_folder_of

    require_folder_of(options.html, options.json)
    found = explore_data(data_folder(options.data_dir), options.html, options.json, recorder_of(options))
    counts = " and ".join(f"{count:,} statements of {name}" for name, count in found.statements.items())
    for line in missing_lines(found.missing):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"Looked at {counts}: {len(found.charts)} plots in {options.html}.\n")


def add_analyse(commands: Any) -> None:
    """Add the command to the parser's commands."""
    analyse = commands.add_parser(
        "analyse", help="where, on what and why the recipe errs on statements it has not seen"
    )
    analyse.add_argument(
        "--protocol", choices=("liar", "time"), help="one protocol only (default: all that the data carry)"
    )
    analyse.add_argument("--html", type=Path, metavar="FILE", help="write a report with statements, for local reading")
    analyse.add_argument("--json", type=Path, metavar="FILE", help="write the figures, without any statement")
    analyse.add_argument("--worst", type=_count, default=20, metavar="N", help="how many worst errors (default: 20)")
    analyse.add_argument("--forest", action="store_true", help="explain a random forest too; needs the package shap")
    add_data_dir(analyse)
    add_recipe(analyse)
    add_runs(analyse)
    analyse.set_defaults(run=_analyse)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _analyse(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.data.status import missing_lines
    from fake_news.evaluation.error_analysis.judgements import Part
    from fake_news.pipelines.analyse import analyse_errors, require_private
    from fake_news.reporting.report import require_folder_of, table
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe

    require_folder_of(options.html, options.json)
    require_private(options.html)
    analysis = analyse_errors(
        data_folder(options.data_dir),
        read_recipe(options.config or DEFAULT_RECIPE),
        protocol=options.protocol,
        most_worst=options.worst,
        with_forest=options.forest,
        html=options.html,
        json=options.json,
        recorder=recorder_of(options),
    )
    lines = "".join(f"{line}\n\n" for line in missing_lines(dict(analysis.missing)))
    sys.stdout.write(f"{lines}{table(analysis.findings.rows, Part)}\n")
