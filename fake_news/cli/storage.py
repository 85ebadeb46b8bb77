"""``storage``: data sets and checkpoints to and from a folder or S3."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_checkpoint, add_data_dir, add_runs, recorder_of
from fake_news.cli.terminal import ProgressBar
from fake_news.detection.checkpoint_folders import current_checkpoint


def add(commands: Any) -> None:
    """Add the command with its actions to the parser's commands."""
    storage = commands.add_parser("storage", help="data sets and checkpoints to and from a folder or S3")
    actions = storage.add_subparsers(required=True, metavar="action")

    push = actions.add_parser("push", help="put a checkpoint or the data folder there, whole or not at all")
    push.set_defaults(run=_push)
    add_checkpoint(push)
    add_data_dir(push)

    pull = actions.add_parser("pull", help="get what was pushed there last, verified by SHA-256")
    pull.add_argument("--output", type=Path, metavar="DIR", help="the new folder (default: where the command looks)")
    pull.set_defaults(run=_pull)

    for action in (push, pull):
        action.add_argument("what", choices=("checkpoint", "data"))
        action.add_argument("place", help="a folder, or s3://bucket/prefix; a place holds one thing")
        add_runs(action)


def _push(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.storage import push_folder

    is_checkpoint = options.what == "checkpoint"
    folder = (options.checkpoint or current_checkpoint()) if is_checkpoint else data_folder(options.data_dir)
    bar = ProgressBar("files", logged=False)
    transfer = push_folder(folder, options.place, options.what, bar, recorder_of(options))
    there = len(transfer.manifest.files) - transfer.files_moved
    version = f", version {transfer.version}" if transfer.version else ""
    sys.stdout.write(
        f"Pushed {folder} to {options.place}: {transfer.files_moved:,} files, {there:,} were there already "
        f"(SHA-256 {transfer.manifest.sha256[:12]}{version}).\n"
    )


def _pull(options: argparse.Namespace) -> None:
    from fake_news.pipelines.storage import pull_folder

    bar = ProgressBar("files", logged=False)
    folder, transfer = pull_folder(options.place, options.what, options.output, bar, recorder_of(options))
    sys.stdout.write(
        f"Pulled {transfer.files_moved:,} files from {options.place} to {folder} "
        f"(SHA-256 {transfer.manifest.sha256[:12]}).\n"
    )
