"""Commands that make a checkpoint, a part of one, or the current one: ``train``, ``claims``, ``retrain``,
``promote`` and ``rollback``.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_data_dir, add_feedback_sources, add_recipe, add_runs, recorder_of
from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint_folders import CHECKPOINTS, current_checkpoint
from fake_news.retraining.promotion import promote, rollback

_NOT_PASSED = 1


def add_train(commands: Any) -> None:
    """Add the command to the parser's commands."""
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
        help="what estimates truth: `shipped` the words, `encoder` a logistic head over the encoder's vectors "
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

    recipe = read_recipe(options.config or DEFAULT_RECIPE).with_family(options.family)
    training = train_detector(
        options.version,
        data_folder(options.data_dir),
        recipe,
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


def add_claims(commands: Any) -> None:
    """Add the command to the parser's commands."""
    command = commands.add_parser("claims", help="fit the claim model to the encoder (three minutes on two cores)")
    command.add_argument("--checkpoint", type=Path, help="checkpoint folder to extend (default: the one in use)")
    add_data_dir(command)
    add_runs(command)
    command.set_defaults(run=_claims)


def _claims(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.train import fit_claims
    from fake_news.reporting.report import table

    logging.getLogger("fake_news").setLevel(logging.INFO)
    checkpoint = options.checkpoint or current_checkpoint()
    rows = fit_claims(checkpoint, data_folder(options.data_dir), recorder_of(options))
    sys.stdout.write(f"{table(rows)}\n\nWrote {checkpoint}.\n")


def add_retrain(commands: Any) -> None:
    """Add the command to the parser's commands."""
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


def add_promote(commands: Any) -> None:
    """Add both commands to the parser's commands."""
    promoting = commands.add_parser("promote", help="make a challenger whose report passed the current checkpoint")
    promoting.add_argument("version", help="the challenger's version")
    promoting.add_argument(
        "--force", metavar="REASON", help="promote it whatever the report says; the reason is kept in the history"
    )
    _add_checkpoints(promoting)
    promoting.set_defaults(run=_promote)
    back = commands.add_parser("rollback", help="make the checkpoint before the current one current again")
    _add_checkpoints(back)
    back.set_defaults(run=_rollback)


def _add_checkpoints(command: argparse.ArgumentParser) -> None:
    command.add_argument("--checkpoints", type=Path, default=CHECKPOINTS, help="folder of checkpoints")


def _promote(options: argparse.Namespace) -> None:
    if options.force is not None and not options.force.strip():
        raise PlumblineError("--force needs a reason.", 'Write one: --force "the champion is damaged".')
    switch = promote(options.checkpoints, options.version, options.force)
    sys.stdout.write(f"{switch.version} is current; before it was {switch.before}. `rollback` goes back.\n")


def _rollback(options: argparse.Namespace) -> None:
    switch = rollback(options.checkpoints)
    sys.stdout.write(f"{switch.version} is current again; before it was {switch.before}.\n")
