"""``evaluate``: measure a checkpoint; ``card``: print what its model card says."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.cli.options import add_checkpoint, add_data_dir, add_recipe, add_runs, recorder_of
from fake_news.common.errors import PlumblineError
from fake_news.common.language_model.client import SECONDS
from fake_news.common.language_model.endpoint import add_endpoint_options, endpoint_from, remote_notice
from fake_news.common.paths import add_data_folder
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.factchecks.shipped_fact_checks import SECTION

if TYPE_CHECKING:
    from fake_news.common.language_model.endpoint import Endpoint
    from fake_news.pipelines.evaluate import Evaluation
    from fake_news.runs.recording import Recorder


_INTO_CARD = ("evidence", "likely")


def add_evaluate(commands: Any) -> None:
    """Add the command to the parser's commands."""
    evaluate = commands.add_parser("evaluate", help="print the measures of the recipe and of the shipped detector")
    add_checkpoint(evaluate)
    evaluate.add_argument("--html", type=Path, metavar="FILE", help="write a report with plots, and its JSON beside it")
    evaluate.add_argument(
        "--json", nargs="?", const="-", metavar="FILE", help="the report as JSON, on standard output or in a file"
    )
    evaluate.add_argument("--metrics", type=Path, metavar="FILE", help="every figure as one number, in JSON, for DVC")
    evaluate.add_argument(
        "--only",
        choices=["evidence", "claim-matching", "claims", "likely"],
        help="one section; evidence needs no data set; likely fits models and takes twenty minutes",
    )
    evaluate.add_argument(
        "--into-card", action="store_true", help="put the figures of --only evidence or likely into the model card"
    )
    add_endpoint_options(evaluate)
    evaluate.add_argument(
        "--judge-sentences",
        type=int,
        metavar="N",
        help="let it read only N sentences, sampled evenly: a first look, which admits no policy",
    )
    evaluate.add_argument(
        "--judge-seconds",
        type=float,
        default=SECONDS,
        metavar="S",
        help="wait longer for an answer; what admits a policy is what was answered within %(default)g seconds",
    )
    add_data_folder(evaluate, "where the record of the model is kept")
    add_data_dir(evaluate)
    add_recipe(evaluate)
    add_runs(evaluate)
    evaluate.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.evaluate import evaluate_claim_matching, evaluate_claims, evaluate_evidence

    if options.judge and options.only != "evidence":
        raise PlumblineError("A language model is measured with --only evidence.", "Add it.")
    if options.into_card and (options.only not in _INTO_CARD or options.judge):
        raise PlumblineError(
            "--into-card goes with --only evidence or --only likely.", "The other figures are in the card already."
        )
    if options.only is None:
        _evaluate_all(options)
        return
    checkpoint, recorder = options.checkpoint or current_checkpoint(), recorder_of(options)
    if options.only == "evidence":
        endpoint = endpoint_from(options)
        section = _judge(options, checkpoint, endpoint) if endpoint else evaluate_evidence(checkpoint, recorder)
    elif options.only == "likely":
        section = _likely(options, checkpoint, recorder)
    elif options.only == "claims":
        section = evaluate_claims(checkpoint, data_folder(options.data_dir), recorder)
    else:
        section = evaluate_claim_matching(checkpoint, data_folder(options.data_dir), recorder)
    if options.into_card:
        from fake_news.evaluation.measuring import add_to_card

        add_to_card(checkpoint, section.findings)
    _write_report(options.json, section, "")


def _evaluate_all(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.data.status import missing_lines
    from fake_news.evaluation.measuring import MAPPING
    from fake_news.pipelines.evaluate import evaluate
    from fake_news.reporting.html_page import html_report
    from fake_news.reporting.report import as_json, require_folder_of, write_text
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe

    folder, recipe = data_folder(options.data_dir), read_recipe(options.config or DEFAULT_RECIPE)
    require_folder_of(
        options.html, options.metrics, Path(options.json) if options.json and options.json != "-" else None
    )
    found = evaluate(options.checkpoint or current_checkpoint(), folder, recipe, recorder_of(options))
    missing = missing_lines(dict(found.missing))
    if options.html:
        about = " ".join([f"{MAPPING}.", *missing]).removesuffix(".")
        write_text(options.html, html_report(found.model, about, found.findings))
        write_text(options.html.with_suffix(".json"), as_json(found.as_json()))
    if options.metrics:
        write_text(options.metrics, as_json(found.findings.metrics()))
    _write_report(
        options.json,
        found,
        f"{MAPPING}.\nRecipe fitted separately under each protocol; pages judged by {found.model}.\n"
        f"{''.join(f'{line}{chr(10)}' for line in missing)}\n",
    )


def _likely(options: argparse.Namespace, checkpoint: Path, recorder: Recorder) -> Evaluation:
    from fake_news.data.folder import data_folder
    from fake_news.pipelines.evaluate import evaluate_likely
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe

    recipe = read_recipe(options.config or DEFAULT_RECIPE)
    return evaluate_likely(checkpoint, data_folder(options.data_dir), recipe, recorder)


def _judge(options: argparse.Namespace, checkpoint: Path, endpoint: Endpoint) -> Evaluation:
    """Measure a language model, and say which policies it was admitted for."""
    from fake_news.cli.terminal import ProgressBar
    from fake_news.detection.factchecks.language_model_judge.policy import Policy
    from fake_news.pipelines.evaluate import evaluate_judge

    if notice := remote_notice(endpoint):
        sys.stderr.write(f"{notice}\n")
    result = evaluate_judge(
        checkpoint,
        endpoint,
        options.data_folder,
        ProgressBar("sentences"),
        most_sentences=options.judge_sentences,
        seconds=options.judge_seconds,
        recorder=recorder_of(options),
    )
    record = result.record
    for policy in (Policy.VETO, Policy.DECIDE):
        refusal = record.refusal(policy)
        sys.stderr.write(f"--judge-policy {policy}: {f'not earned, as {refusal}' if refusal else 'earned'}.\n")
    sys.stderr.write(
        f"Model {record.model}, {record.digest or 'no digest'}, prompt {record.prompt[:12]}: {result.record_path}\n"
    )
    return result.evaluation


def _write_report(json_place: str | None, evaluation: Evaluation, introduction: str) -> None:
    """Write to standard output as text, or as JSON where the place is ``-``; into a file as JSON besides."""
    from fake_news.reporting.report import as_json, table, write_text

    report = as_json(evaluation.as_json())
    if json_place and json_place != "-":
        write_text(Path(json_place), report)
    sys.stdout.write(report if json_place == "-" else f"{introduction}{table(evaluation.findings.rows)}\n")


def add_card(commands: Any) -> None:
    """Add the command to the parser's commands."""
    card = commands.add_parser("card", help="the model card of a checkpoint as Markdown")
    add_checkpoint(card)
    card.add_argument("--output", type=Path, metavar="FILE", help="write it there, such as docs/MODEL_CARD.md")
    card.set_defaults(run=_card)


def _card(options: argparse.Namespace) -> None:
    from fake_news.evaluation.model_card import model_card
    from fake_news.reporting.report import write_text

    checkpoint = read_checkpoint(options.checkpoint or current_checkpoint())
    markdown = model_card(checkpoint.card, checkpoint.model.get(SECTION))
    if options.output:
        write_text(options.output, markdown)
    else:
        sys.stdout.write(markdown)
