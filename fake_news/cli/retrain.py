"""``retrain``: learn from feedback and new data, and compare the result with the current checkpoint."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_data_dir, add_feedback_sources, add_runs, recorder_of
from fake_news.detection.checkpoint import CHECKPOINTS

_NOT_PASSED = 1


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    retrain = commands.add_parser(
        "retrain",
        help="learn from feedback and new data, and compare the result with the current checkpoint",
        description="Writes a challenger with its report and promotes nothing. Exit status: 0 the challenger passed "
        "the gate, 1 it did not, 2 it could not be made.",
    )
    retrain.add_argument("--version", required=True, help="name of the challenger, such as 2027.01-a")
    retrain.add_argument(
        "--new",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a .csv or .jsonl with text, label and perhaps date and speaker; may be repeated",
    )
    add_feedback_sources(retrain)
    retrain.add_argument("--leave-out", action="store_true", help="continue without rows that cannot be learned from")
    retrain.add_argument("--config", type=Path, help="the challenger's recipe (default: the champion's)")
    retrain.add_argument("--gate", type=Path, help="the gate's rules (default: config/retraining.toml)")
    retrain.add_argument("--checkpoints", type=Path, default=CHECKPOINTS, help="folder of checkpoints")
    add_data_dir(retrain)
    add_runs(retrain)
    retrain.set_defaults(run=_retrain)


def _retrain(options: argparse.Namespace) -> int:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.retrain import Sources, retrain
    from fake_news.retraining.gate import DEFAULT_GATE, read_gate
    from fake_news.retraining.report import markdown
    from fake_news.training.recipe import read_recipe

    sources = Sources(options.new, options.feedback, options.data_folder if options.server_feedback else None)
    result = retrain(
        options.version,
        sources,
        data_folder(options.data_dir),
        read_gate(options.gate or DEFAULT_GATE),
        options.checkpoints,
        recipe=read_recipe(options.config) if options.config else None,
        leave_out=options.leave_out,
        recorder=recorder_of(options),
    )
    next_step = f"Promote it: `promote {options.version}`." if result.passed else "The champion stays."
    sys.stdout.write(f"{markdown(result.report)}\nWrote {result.path}. {next_step}\n")
    return 0 if result.passed else _NOT_PASSED
