"""``train``: train a detector, write a checkpoint, and hold it against the one in use."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.cli.files import add_data_dir, add_recipe, add_runs
from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint import (
    CHECKPOINTS,
    Checkpoint,
    current_checkpoint,
    has_current,
    new_checkpoint,
    read_checkpoint,
    write_checkpoint,
)
from fake_news.detection.claims.claim_model import with_claim_model
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.shipped import with_fact_checks
from fake_news.monitoring.reference import FIELD
from fake_news.retraining.promotion import make_current, promote

if TYPE_CHECKING:
    from fake_news.training.recipe import Recipe
    from fake_news.training.training_sets import Corpus

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
    from fake_news.evaluation.evaluate import evaluate_detector, evaluate_recipe
    from fake_news.evaluation.recorded_findings import record_findings
    from fake_news.retraining.report import report_files, verdict
    from fake_news.runs.recording import recorded
    from fake_news.training.drift_reference import drift_reference
    from fake_news.training.encoder_vectors import encoder_in_use
    from fake_news.training.recipe import DEFAULT_RECIPE, ENCODER, TRAINED_FAMILIES, read_recipe
    from fake_news.training.train import SEED, data_fingerprints, punkt_parameters, train
    from fake_news.training.training_sets import load_corpus

    if options.family not in (None, *TRAINED_FAMILIES):
        raise PlumblineError(
            f"There is no family {options.family!r} that can be trained into a checkpoint.",
            f"Known are {' and '.join(TRAINED_FAMILIES)}.",
        )
    folder, recipe = data_folder(options.data_dir), read_recipe(options.config or DEFAULT_RECIPE)
    if options.family:
        recipe = replace(recipe, veracity=replace(recipe.veracity, family=options.family))
    if recipe.veracity.family == ENCODER:
        encoder_in_use()  # refused now rather than after the words were fitted
    path = new_checkpoint(options.output, options.version)  # refused now rather than after minutes of training
    configuration = {"version": options.version, "recipe": recipe.as_json(), "data_dir": folder, "output": path.parent}
    data = data_fingerprints(folder)
    with recorded("train", configuration=configuration, data=data, seed=SEED, runs=options.runs) as run:
        corpus = load_corpus(folder)
        punkt = punkt_parameters(corpus)
        findings = evaluate_recipe(corpus, recipe, punkt, folder)
        model, files = train(corpus, recipe, punkt, options.version)
        if has_current(CHECKPOINTS):  # before it is measured: what is measured is what is written
            earlier = read_checkpoint(current_checkpoint())
            model, files = with_claim_model(earlier, *with_fact_checks(earlier, model, files))
        findings += evaluate_detector(Detector(Checkpoint(path, model, files)), folder)
        measured = findings.as_json()
        model["card"] |= {"measures": measured["rows"], "charts": measured["charts"]}
        model["data"] = data
        if corpus.articles:
            detector = Detector(Checkpoint(path, model, files))
            model["card"] |= {FIELD: drift_reference(detector, corpus.articles).as_json()}
        report = _report(corpus, recipe, Checkpoint(path, model, files), folder, options)
        if report:
            files = {**files, **report_files(report)}
            run.note("verdict", verdict(report))
            run.note("passed", report["passed"])
        write_checkpoint(options.output, options.version, model, files)
        run.artefact(path)
        run.note("checkpoint_fingerprint", read_checkpoint(path).model["fingerprint"])
        run.note("missing_sets", corpus.missing)
        record_findings(run, findings)
    return _switched(path, report, options)


def _report(
    corpus: Corpus, recipe: Recipe, trained: Checkpoint, folder: Path, options: argparse.Namespace
) -> dict[str, Any] | None:
    """The gate's report, where there is a champion."""
    from fake_news.retraining.challenger import meet, report
    from fake_news.retraining.gate import DEFAULT_GATE, read_gate
    from fake_news.retraining.validation import Checked

    gate = read_gate(options.gate or DEFAULT_GATE)
    if not has_current(options.output) or not current_checkpoint(options.output).is_dir():
        return None
    champion = read_checkpoint(current_checkpoint(options.output))
    nothing_new = Checked()
    challenge = meet(corpus, nothing_new, recipe, champion, trained, folder, gate)
    return report(challenge, champion.model["version"], nothing_new, [], gate)


def _switched(path: Path, report: dict[str, Any] | None, options: argparse.Namespace) -> int:
    """Make it current where that was asked for and it may, and say what was done."""
    from fake_news.retraining.report import verdict

    passed = report is None or report["passed"]
    lines = [f"Wrote {path}."]
    if report is not None:
        lines.append(f"Against {report['champion']}: {verdict(report)}")
    if not options.promote:
        lines.append(f"It is not in use. `promote {options.version}` {'makes' if passed else 'would not make'} it so.")
    elif not passed:
        lines.append(f"{report['champion'] if report else ''} stays in use.")
    else:
        if report is None:
            make_current(options.output, options.version, "train")
        else:
            promote(options.output, options.version)
        lines.append(f"{options.version} is current now.")
    sys.stdout.write("\n".join(lines) + "\n")
    return _NOT_PASSED if options.promote and not passed else 0
