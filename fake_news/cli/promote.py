"""``promote``: make a challenger current; ``rollback``: go back to the checkpoint before."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint import CHECKPOINTS
from fake_news.retraining.promotion import promote, rollback


def add(commands: Any) -> None:
    """Add both commands to a parser's."""
    promoting = commands.add_parser("promote", help="make a challenger whose report passed the current checkpoint")
    promoting.add_argument("version", help="the challenger's version")
    promoting.add_argument(
        "--force", metavar="REASON", help="whatever the report says; the reason is kept in the history"
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
