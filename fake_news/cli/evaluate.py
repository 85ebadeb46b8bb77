"""``evaluate``: print the measures of the recipe and of the shipped detector."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.cli.files import (
    add_checkpoint,
    add_data_dir,
    add_recipe,
    add_runs,
    as_json,
    require_folder_of,
    write_text,
)
from fake_news.common.errors import PlumblineError
from fake_news.common.language_model.client import SECONDS
from fake_news.common.language_model.permission import add_endpoint_options, endpoint_from, standing_notice
from fake_news.common.user_data import VARIABLE, default_data_folder
from fake_news.detection.checkpoint import current_checkpoint, read_checkpoint
from fake_news.detection.detector import Detector

if TYPE_CHECKING:
    from fake_news.common.language_model.endpoint import Endpoint
    from fake_news.reporting.report import Row


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    evaluate = commands.add_parser("evaluate", help="print the measures of the recipe and of the shipped detector")
    add_checkpoint(evaluate)
    evaluate.add_argument("--html", type=Path, metavar="FILE", help="write a report with plots, and its JSON beside it")
    evaluate.add_argument(
        "--json", nargs="?", const="-", metavar="FILE", help="the report as JSON, on standard output or in a file"
    )
    evaluate.add_argument("--metrics", type=Path, metavar="FILE", help="every figure as one number, in JSON, for DVC")
    evaluate.add_argument(
        "--only",
        choices=["evidence", "claim-matching", "claims"],
        help="one section, without fitting the recipe; evidence needs no data set",
    )
    add_endpoint_options(evaluate)
    evaluate.add_argument(
        "--judge-sentences",
        type=int,
        metavar="N",
        help="let it read N sentences only, drawn evenly: a first look, which earns no policy",
    )
    evaluate.add_argument(
        "--judge-seconds",
        type=float,
        default=SECONDS,
        metavar="S",
        help="wait longer for an answer; one after %(default)g seconds counts as none for what it earns",
    )
    evaluate.add_argument(
        "--data-folder",
        type=Path,
        default=default_data_folder(),
        help=f"where the record of the model is kept ({VARIABLE} names it too; default: %(default)s)",
    )
    add_data_dir(evaluate)
    add_recipe(evaluate)
    add_runs(evaluate)
    evaluate.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace) -> None:
    from fake_news.data.available import described
    from fake_news.data.folder import data_folder
    from fake_news.evaluation.evaluate import MAPPING, evaluate_detector, evaluate_recipe
    from fake_news.evaluation.recorded_findings import flat_metrics, record_findings
    from fake_news.reporting.report import table
    from fake_news.runs.recording import recorded
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe
    from fake_news.training.train import SEED, data_fingerprints, punkt_parameters
    from fake_news.training.training_sets import load_corpus

    if options.judge and options.only != "evidence":
        raise PlumblineError("A language model is measured with --only evidence.", "Add it.")
    if options.only == "evidence":
        _evaluate_evidence(options)
        return
    if options.only == "claims":
        _evaluate_claims(options)
        return
    if options.only:
        _evaluate_claim_matching(options)
        return
    folder, recipe = data_folder(options.data_dir), read_recipe(options.config or DEFAULT_RECIPE)
    require_folder_of(
        options.html, options.metrics, Path(options.json) if options.json and options.json != "-" else None
    )
    detector = Detector.load(options.checkpoint or current_checkpoint())
    configuration = {"checkpoint": detector.version, "recipe": recipe.as_json(), "data_dir": folder}
    data = data_fingerprints(folder)
    with recorded("evaluate", configuration=configuration, data=data, seed=SEED, runs=options.runs) as run:
        corpus = load_corpus(folder)
        punkt = punkt_parameters(corpus)
        findings = evaluate_recipe(corpus, recipe, punkt, folder) + evaluate_detector(detector, folder)
        run.artefact(options.checkpoint or current_checkpoint())
        record_findings(run, findings)
    missing = described(corpus.missing)
    report = as_json({"model": detector.version, "mapping": MAPPING, "missing": corpus.missing, **findings.as_json()})
    if options.html:
        from fake_news.reporting.html_report import html_report

        write_text(
            options.html, html_report(detector.version, " ".join([f"{MAPPING}.", *missing]).removesuffix("."), findings)
        )
        write_text(options.html.with_suffix(".json"), report)
    if options.metrics:
        write_text(options.metrics, as_json(flat_metrics(findings)))
    _write_report(
        options.json,
        report,
        f"{MAPPING}.\nRecipe fitted anew under each protocol; pages judged by {detector.version}.\n"
        f"{''.join(f'{line}{chr(10)}' for line in missing)}\n"
        f"{table(findings.rows)}\n",
    )


def _evaluate_claim_matching(options: argparse.Namespace) -> None:
    from fake_news.common.fingerprints import set_fingerprints
    from fake_news.data.folder import data_folder
    from fake_news.evaluation.claim_matching import claim_matching_rows
    from fake_news.evaluation.recorded_findings import record_findings
    from fake_news.reporting.charts import Findings
    from fake_news.reporting.report import table
    from fake_news.runs.recording import recorded
    from fake_news.training.claim_matching.protocol import SETS, load_matching_data

    folder, path = data_folder(options.data_dir), options.checkpoint or current_checkpoint()
    detector = Detector.load(path)
    configuration = {"only": options.only, "checkpoint": detector.version, "data_dir": folder}
    sets = set_fingerprints(folder, SETS)
    with recorded("evaluate", configuration=configuration, data=sets, seed=0, runs=options.runs) as run:
        data = load_matching_data(folder)
        findings = Findings(claim_matching_rows(detector, data, folder))
        run.artefact(path)
        record_findings(run, findings)
    report = as_json({"model": detector.version, **findings.as_json()})
    _write_report(options.json, report, table(findings.rows) + "\n")


def _evaluate_claims(options: argparse.Namespace) -> None:
    from fake_news.common.fingerprints import set_fingerprints
    from fake_news.data.folder import data_folder
    from fake_news.evaluation.claims_by_domain import claims_by_domain
    from fake_news.evaluation.recorded_findings import record_findings
    from fake_news.reporting.charts import Findings
    from fake_news.reporting.report import table
    from fake_news.runs.recording import recorded
    from fake_news.training.claims.examples import SETS, load_examples

    folder, path = data_folder(options.data_dir), options.checkpoint or current_checkpoint()
    detector = Detector.load(path)
    configuration = {"only": options.only, "checkpoint": detector.version, "data_dir": folder}
    sets = set_fingerprints(folder, SETS)
    with recorded("evaluate", configuration=configuration, data=sets, seed=0, runs=options.runs) as run:
        findings = Findings(claims_by_domain(detector, load_examples(folder)))
        run.artefact(path)
        record_findings(run, findings)
    report = as_json({"model": detector.version, **findings.as_json()})
    _write_report(options.json, report, table(findings.rows) + "\n")


def _evaluate_evidence(options: argparse.Namespace) -> None:
    from fake_news.common.fingerprints import set_fingerprints
    from fake_news.data.plain_words import FOLDER
    from fake_news.evaluation.core_claims import core_claim_rows
    from fake_news.evaluation.evidence import evidence_rows
    from fake_news.evaluation.recorded_findings import record_findings
    from fake_news.reporting.charts import Findings
    from fake_news.reporting.report import table
    from fake_news.runs.recording import recorded

    path, endpoint = options.checkpoint or current_checkpoint(), endpoint_from(options)
    detector = Detector.load(path)
    configuration = {"only": options.only, "checkpoint": detector.version}
    if endpoint:
        configuration["judge"] = f"{endpoint.model} at {endpoint.origin}"
    sets = set_fingerprints(FOLDER.parent, ["plain_words", "cases"])
    with recorded("evaluate", configuration=configuration, data=sets, seed=0, runs=options.runs) as run:
        rows = (
            _judge_rows(options, detector, endpoint)
            if endpoint
            else [*evidence_rows(detector), *core_claim_rows(read_checkpoint(path))]
        )
        findings = Findings(rows)
        run.artefact(path)
        record_findings(run, findings)
    report = as_json({"model": detector.version, **findings.as_json()})
    _write_report(options.json, report, table(findings.rows) + "\n")


def _judge_rows(options: argparse.Namespace, detector: Detector, endpoint: Endpoint) -> list[Row]:
    """The rows on a language model; what it earned is kept and told."""
    from fake_news.cli.progress import ProgressBar
    from fake_news.common.language_model.client import LanguageModel
    from fake_news.common.language_model.identity import digest_of
    from fake_news.detection.factchecks.judge.admission import FOLDER
    from fake_news.detection.factchecks.judge.policy import Policy
    from fake_news.evaluation.judge import compare, judge_rows, record_of
    from fake_news.evaluation.judged_sentences import sentences_to_read

    if notice := standing_notice(endpoint):
        sys.stderr.write(f"{notice}\n")
    digest = digest_of(endpoint)
    sentences = sentences_to_read(options.judge_sentences)
    model, told = LanguageModel(endpoint, streams=False), ProgressBar("sentences")
    comparison = compare(detector, model, sentences, told, options.judge_seconds)
    record = record_of(comparison, endpoint.model, digest, detector.fingerprint)
    kept = record.write(options.data_folder / FOLDER)
    for policy in (Policy.VETO, Policy.DECIDE):
        refusal = record.refusal(policy)
        sys.stderr.write(f"--judge-policy {policy}: {f'not earned, as {refusal}' if refusal else 'earned'}.\n")
    sys.stderr.write(f"Model {record.model}, {record.digest or 'no digest'}, prompt {record.prompt[:12]}: {kept}\n")
    return judge_rows(comparison, endpoint.model)


def _write_report(json_place: str | None, report: str, as_text: str) -> None:
    """To standard output as text, or as JSON where the place is ``-``; a file gets the JSON besides."""
    if json_place and json_place != "-":
        write_text(Path(json_place), report)
    sys.stdout.write(report if json_place == "-" else as_text)
