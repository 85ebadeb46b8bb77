"""``claims``: fit the model of what is a claim to a checkpoint's encoder."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_data_dir, add_runs, recorder_of
from fake_news.detection.checkpoint import current_checkpoint


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    command = commands.add_parser("claims", help="fit the claim model to the encoder (three minutes on two cores)")
    command.add_argument("--checkpoint", type=Path, help="checkpoint folder to extend (default: the one in use)")
    add_data_dir(command)
    add_runs(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.claims import fit_claims
    from fake_news.reporting.report import table

    logging.getLogger("fake_news").setLevel(logging.INFO)
    checkpoint = options.checkpoint or current_checkpoint()
    rows = fit_claims(checkpoint, data_folder(options.data_dir), recorder_of(options))
    sys.stdout.write(f"{table(rows)}\n\nWrote {checkpoint}.\n")
