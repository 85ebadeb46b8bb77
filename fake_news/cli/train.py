"""``train``: train a detector, write a checkpoint, and compare it with the one in use."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_data_dir, add_recipe, add_runs, recorder_of
from fake_news.detection.checkpoint import CHECKPOINTS

_NOT_PASSED = 1


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    train = commands.add_parser(
        "train",
        help="train a detector, write a checkpoint, and compare it with the one in use",
        description="Exit status: 0 the checkpoint was written, 1 it was to be promoted and did not pass the gate, "
        "2 it could not be made.",
    )
    train.add_argument("--version", required=True, help="name of the checkpoint, such as 2026.11-a")
    train.add_argument("--output", type=Path, default=CHECKPOINTS, help="folder of checkpoints")
    train.add_argument(
        "--family",
        help="what reads truth: `shipped` the words, `encoder` a logistic head over the encoder's vectors "
        "(default: as the recipe says)",
    )
    train.add_argument("--promote", action="store_true", help="make it current if it passes the gate")
    train.add_argument("--gate", type=Path, help="the gate's rules (default: config/retraining.toml)")
    add_data_dir(train)
    add_recipe(train)
    add_runs(train)
    train.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> int:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.train import train_detector
    from fake_news.retraining.gate import DEFAULT_GATE, read_gate
    from fake_news.retraining.report import verdict
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe

    training = train_detector(
        options.version,
        data_folder(options.data_dir),
        read_recipe(options.config or DEFAULT_RECIPE).with_family(options.family),
        read_gate(options.gate or DEFAULT_GATE),
        options.output,
        promote_if_passed=options.promote,
        recorder=recorder_of(options),
    )
    lines = [f"Wrote {training.path}."]
    if training.report:
        lines.append(f"Against {training.report['champion']}: {verdict(training.report)}")
    if training.is_current:
        lines.append(f"{options.version} is current now.")
    elif options.promote and training.report:
        lines.append(f"{training.report['champion']} stays in use.")
    else:
        makes = "makes" if training.passed else "would not make"
        lines.append(f"It is not in use. `promote {options.version}` {makes} it so.")
    sys.stdout.write("\n".join(lines) + "\n")
    return _NOT_PASSED if options.promote and not training.passed else 0
