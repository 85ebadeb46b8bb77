"""The commands of ``python -m fake_news``: check, train, evaluate, compare, card, factchecks."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from fake_news.answer import answer
from fake_news.checkpoint import CURRENT, SHIPPED_CHECKPOINTS, current_checkpoint, read_checkpoint
from fake_news.detector import Detector
from fake_news.errors import PlumblineError
from fake_news.factcheck_commands import add_fact_check_commands
from fake_news.factchecks.files import ShippedFactChecks, carry_over
from fake_news.factchecks.own.database import OwnDatabase
from fake_news.terminal import verdict_lines
from fake_news.user_data import default_data_folder

_EXPECTED_FAILURE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, or 2 after an expected failure said in one line."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a lone surrogate in the text must not end the command.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        options.run(options)
    except PlumblineError as error:
        sys.stderr.write(f"{error}\n")
        return _EXPECTED_FAILURE
    except BrokenPipeError:
        sys.stderr.close()  # `… | head` closed the pipe: say nothing more
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing was half-written.\n")
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m fake_news", description="Judges statements, and trains what judges them."
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    check = commands.add_parser("check", help="judge the statements of a text")
    check.add_argument("text", help="the text, the name of a text file, or - for standard input")
    check.add_argument("--json", action="store_true", help="the answer as the server gives it")
    check.add_argument("--checkpoint", type=Path, help="checkpoint folder (default: the current one)")
    check.set_defaults(run=_check)

    train = commands.add_parser("train", help="train a detector and write a checkpoint")
    train.add_argument("--version", required=True, help="name of the checkpoint, such as 2026.11-a")
    train.add_argument("--output", type=Path, default=SHIPPED_CHECKPOINTS, help="folder of checkpoints")
    train.set_defaults(run=_train)

    evaluate = commands.add_parser("evaluate", help="print the measures of the recipe and of the shipped detector")
    evaluate.add_argument("--checkpoint", type=Path, help="checkpoint folder (default: the current one)")
    evaluate.add_argument("--html", type=Path, metavar="FILE", help="write a report with plots, and its JSON beside it")
    evaluate.add_argument(
        "--json", nargs="?", const="-", metavar="FILE", help="the report as JSON, on standard output or in a file"
    )
    evaluate.add_argument(
        "--only", choices=["claim-matching", "claim-encoders"], help="one section, without fitting the recipe"
    )
    evaluate.set_defaults(run=_evaluate)

    compare = commands.add_parser("compare", help="compare model families under the same protocols")
    compare.add_argument("--families", help="names, comma-separated (default: all)")
    compare.add_argument("--protocol", choices=("liar", "time"), help="one protocol only (default: both)")
    compare.add_argument("--output", type=Path, help="also write it there: a .md file, or .json with all figures")
    compare.add_argument("--scratch", type=Path, default=Path(".scratch/compare"), help="folder of finished parts")
    compare.set_defaults(run=_compare)

    card = commands.add_parser("card", help="the model card of a checkpoint as Markdown")
    card.add_argument("--checkpoint", type=Path, help="checkpoint folder (default: the current one)")
    card.add_argument("--output", type=Path, metavar="FILE", help="write it there, such as docs/MODEL_CARD.md")
    card.set_defaults(run=_card)

    add_fact_check_commands(commands)

    for command in (train, evaluate, compare):
        command.add_argument("--data-dir", type=Path, help="the data folder (default: $PLUMBLINE_DATA, else data/raw)")
        command.add_argument("--config", type=Path, help="the recipe (default: config/detector.toml)")
    return parser


def _check(options: argparse.Namespace) -> None:
    text = _text(options.text)
    detector = Detector.load(options.checkpoint or current_checkpoint(), OwnDatabase(default_data_folder()))
    if options.json:
        sys.stdout.write(json.dumps(answer(detector, [("text", text)]), indent=2) + "\n")
        return
    for line in verdict_lines(text, detector.check(text), coloured=sys.stdout.isatty()):
        sys.stdout.write(line + "\n")


def _text(argument: str) -> str:
    if argument == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        path = Path(argument)
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else argument
    except (OSError, ValueError):  # too long for a file name, or holds a NUL
        return argument


def _train(options: argparse.Namespace) -> None:
    # The workshop is imported here, so that `check` starts without scikit-learn.
    from fake_news.checkpoint import Checkpoint, new_checkpoint, set_current, write_checkpoint
    from fake_news.data.folder import data_folder
    from fake_news.evaluation.evaluate import evaluate_detector, evaluate_recipe
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe
    from fake_news.training.train import data_fingerprints, punkt_parameters, train
    from fake_news.training.training_sets import load_corpus

    folder, recipe = data_folder(options.data_dir), read_recipe(options.config or DEFAULT_RECIPE)
    path = new_checkpoint(options.output, options.version)  # refused now rather than after minutes of training
    corpus = load_corpus(folder)
    punkt = punkt_parameters(corpus)
    findings = evaluate_recipe(corpus, recipe, punkt, folder)
    model, files = train(corpus, recipe, punkt, options.version)
    findings += evaluate_detector(Detector(Checkpoint(path, model, files)), folder)
    measured = findings.as_json()
    model["card"] |= {"measures": measured["rows"], "charts": measured["charts"]}
    model["data"] = data_fingerprints(folder)
    write_checkpoint(options.output, options.version, model, files)
    if (SHIPPED_CHECKPOINTS / CURRENT).exists():
        carry_over(current_checkpoint(), path)
    set_current(options.output, options.version)
    sys.stdout.write(f"Wrote {path} and made it current.\n")


def _evaluate(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.evaluation.evaluate import MAPPING, evaluate_detector, evaluate_recipe
    from fake_news.evaluation.report import table
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe
    from fake_news.training.train import punkt_parameters
    from fake_news.training.training_sets import load_corpus

    if options.only:
        _evaluate_claim_matching(options)
        return
    folder, recipe = data_folder(options.data_dir), read_recipe(options.config or DEFAULT_RECIPE)
    for path in (options.html, options.json and options.json != "-" and Path(options.json)):
        if path and not path.parent.is_dir():  # said now rather than after minutes of fitting
            raise PlumblineError(f"{path} cannot be written: there is no folder {path.parent}.", "Name another file.")
    detector = Detector.load(options.checkpoint or current_checkpoint())
    corpus = load_corpus(folder)
    findings = evaluate_recipe(corpus, recipe, punkt_parameters(corpus), folder) + evaluate_detector(detector, folder)
    report = {"model": detector.version, "mapping": MAPPING, **findings.as_json()}
    as_json = json.dumps(report, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    if options.html:
        from fake_news.evaluation.html_report import html_report

        _write(options.html, html_report(detector.version, MAPPING, findings))
        _write(options.html.with_suffix(".json"), as_json)
    if options.json == "-":
        sys.stdout.write(as_json)
        return
    if options.json:
        _write(Path(options.json), as_json)
    sys.stdout.write(
        f"{MAPPING}.\nRecipe fitted anew under each protocol; pages judged by {detector.version}.\n\n"
        f"{table(findings.rows)}\n"
    )


def _evaluate_claim_matching(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.evaluation.charts import Findings
    from fake_news.evaluation.claim_matching import claim_matching_rows
    from fake_news.evaluation.report import table
    from fake_news.training.claim_matching.protocol import load_matching_data

    folder, path = data_folder(options.data_dir), options.checkpoint or current_checkpoint()
    checkpoint = read_checkpoint(path)
    shipped = ShippedFactChecks.read(checkpoint)
    if shipped is None:
        raise PlumblineError(f"{path} has no fact-checks.", "Make them: `python -m fake_news factchecks build`.")
    detector = Detector(checkpoint)
    data = load_matching_data(folder)
    if options.only == "claim-encoders":
        from fake_news.evaluation.claim_encoders import encoder_rows

        findings = Findings(encoder_rows(shipped, data))
    else:
        findings = Findings(claim_matching_rows(detector, shipped, data, folder))
    report = {"model": detector.version, **findings.as_json()}
    as_json = json.dumps(report, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    if options.json == "-":
        sys.stdout.write(as_json)
        return
    if options.json:
        _write(Path(options.json), as_json)
    sys.stdout.write(table(findings.rows) + "\n")


def _card(options: argparse.Namespace) -> None:
    from fake_news.evaluation.model_card import model_card

    markdown = model_card(Detector.load(options.checkpoint or current_checkpoint()).card)
    if options.output:
        _write(options.output, markdown)
    else:
        sys.stdout.write(markdown)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise PlumblineError(f"{path} cannot be written ({error.strerror}).", "Name another file.") from error


def _compare(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.evaluation.comparison import compared, markdown
    from fake_news.training.compare import compare
    from fake_news.training.families import STACKS, families
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe
    from fake_news.training.training_sets import liar_protocol, load_corpus, time_protocol

    folder, recipe = data_folder(options.data_dir), read_recipe(options.config or DEFAULT_RECIPE)
    names = options.families.split(",") if options.families else [*families(recipe), *STACKS]
    corpus = load_corpus(folder)
    makers = {"liar": liar_protocol, "time": time_protocol}
    protocols = [make(corpus) for name, make in makers.items() if options.protocol in (None, name)]
    results, skipped = compare(corpus, protocols, recipe, names, options.scratch)
    comparisons = [compared(protocol, results[protocol.name]) for protocol in protocols]
    report = markdown(comparisons, skipped)
    if options.output:
        content = (
            json.dumps({"skipped": skipped, "comparisons": [c.as_json() for c in comparisons]}, indent=2) + "\n"
            if options.output.suffix == ".json"
            else report
        )
        options.output.write_text(content, encoding="utf-8")
    sys.stdout.write(report)
