"""``claims``: fit what tells claims from everything else to a checkpoint's encoder."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.files import add_data_dir, add_runs
from fake_news.detection.checkpoint import current_checkpoint, read_checkpoint


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    command = commands.add_parser("claims", help="fit what tells claims to the encoder (three minutes on two cores)")
    command.add_argument("--checkpoint", type=Path, help="checkpoint folder to extend (default: the one in use)")
    add_data_dir(command)
    add_runs(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    from fake_news.common.fingerprints import set_fingerprints
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.measure_again import measure_again
    from fake_news.reporting.report import Section, table
    from fake_news.runs.recording import recorded
    from fake_news.training.claims.examples import SETS, load_examples
    from fake_news.training.claims.extend import extend_with_claims
    from fake_news.training.claims.fit import SEED

    logging.getLogger("fake_news").setLevel(logging.INFO)
    path, folder = options.checkpoint or current_checkpoint(), data_folder(options.data_dir)
    sets = set_fingerprints(folder, SETS)
    with recorded("claims", configuration={"data_dir": folder}, data=sets, seed=SEED, runs=options.runs) as run:
        extend_with_claims(path, load_examples(folder))
        found = measure_again(path, folder)
        rows = [row for row in found.rows if row.section is Section.CLAIMS]
        run.note("checkpoint", read_checkpoint(path).model["fingerprint"])
    sys.stdout.write(f"{table(rows)}\n\nWrote {path}.\n")
