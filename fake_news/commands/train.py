"""``train``: train a detector and write a checkpoint."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.checkpoint import (
    CHECKPOINTS,
    Checkpoint,
    current_checkpoint,
    has_current,
    new_checkpoint,
    read_checkpoint,
    write_checkpoint,
)
from fake_news.claims.claim_model import with_claim_model
from fake_news.commands.files import add_data_dir, add_recipe, add_runs
from fake_news.detection.factchecks.shipped import with_fact_checks
from fake_news.detector import Detector
from fake_news.monitoring.reference import FIELD
from fake_news.promotion import make_current


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    train = commands.add_parser("train", help="train a detector and write a checkpoint")
    train.add_argument("--version", required=True, help="name of the checkpoint, such as 2026.11-a")
    train.add_argument("--output", type=Path, default=CHECKPOINTS, help="folder of checkpoints")
    add_data_dir(train)
    add_recipe(train)
    add_runs(train)
    train.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.evaluation.evaluate import evaluate_detector, evaluate_recipe
    from fake_news.evaluation.recorded_findings import record_findings
    from fake_news.tracking.recording import recorded
    from fake_news.training.drift_reference import drift_reference
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe
    from fake_news.training.train import SEED, data_fingerprints, punkt_parameters, train
    from fake_news.training.training_sets import load_corpus

    folder, recipe = data_folder(options.data_dir), read_recipe(options.config or DEFAULT_RECIPE)
    path = new_checkpoint(options.output, options.version)  # refused now rather than after minutes of training
    configuration = {"version": options.version, "recipe": recipe.as_json(), "data_dir": folder, "output": path.parent}
    data = data_fingerprints(folder)
    with recorded("train", configuration=configuration, data=data, seed=SEED, runs=options.runs) as run:
        corpus = load_corpus(folder)
        punkt = punkt_parameters(corpus)
        findings = evaluate_recipe(corpus, recipe, punkt, folder)
        model, files = train(corpus, recipe, punkt, options.version)
        findings += evaluate_detector(Detector(Checkpoint(path, model, files)), folder)
        measured = findings.as_json()
        model["card"] |= {"measures": measured["rows"], "charts": measured["charts"]}
        model["data"] = data
        if has_current(CHECKPOINTS):
            earlier = read_checkpoint(current_checkpoint())
            model, files = with_claim_model(earlier, *with_fact_checks(earlier, model, files))
        detector = Detector(Checkpoint(path, model, files))
        model["card"] |= {FIELD: drift_reference(detector, corpus.articles).as_json()}
        write_checkpoint(options.output, options.version, model, files)
        make_current(options.output, options.version, "train")
        run.artefact(path)
        run.note("checkpoint_fingerprint", read_checkpoint(path).model["fingerprint"])
        record_findings(run, findings)
    sys.stdout.write(f"Wrote {path} and made it current.\n")
