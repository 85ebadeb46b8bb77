"""``outcomes``: what readers said of the verdicts of champion and challenger, side by side."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.common.paths import VARIABLE, default_data_folder
from fake_news.detection.checkpoint import current_checkpoint


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    outcomes = commands.add_parser("outcomes", help="what readers said of champion and challenger, side by side")
    outcomes.add_argument("challenger", help="the challenger's version")
    outcomes.add_argument("--champion", help="the champion's version (default: the one in use)")
    outcomes.add_argument(
        "--feedback",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="an export of feedback instead of what the server stored; may be repeated",
    )
    outcomes.add_argument(
        "--data-folder",
        type=Path,
        default=default_data_folder(),
        help=f"where the server keeps it ({VARIABLE} names it too; default: %(default)s)",
    )
    outcomes.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    outcomes.set_defaults(run=_outcomes)


def _outcomes(options: argparse.Namespace) -> None:
    from fake_news.pipelines.outcomes import compare_outcomes
    from fake_news.reporting.output import as_json, write_text
    from fake_news.retraining.outcomes import difference, equal_rates_p_value, report

    champion = options.champion or current_checkpoint().name
    both = compare_outcomes(champion, options.challenger, options.data_folder, options.feedback)
    if options.json:
        figures = [
            {
                "model": one.model,
                "judged": one.judged,
                "feedback": one.feedback,
                "wrong": dict(one.wrong),
                "rate": one.rate,
            }
            for one in both
        ]
        write_text(
            options.json, as_json({"models": figures, "difference": difference(*both), "p": equal_rates_p_value(*both)})
        )
    sys.stdout.write(report(*both))
