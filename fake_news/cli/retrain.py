"""``retrain``: learn from feedback and new data, and say whether the result may take the champion's place."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.cli.files import add_data_dir, add_runs
from fake_news.cli.server_feedback import add_feedback_sources, server_feedback
from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint import (
    CHECKPOINTS,
    current_checkpoint,
    new_checkpoint,
    read_checkpoint,
    sha256,
    write_checkpoint,
)

if TYPE_CHECKING:
    from fake_news.retraining.new_rows import NewRow

_NOT_PASSED = 1


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    retrain = commands.add_parser(
        "retrain",
        help="learn from feedback and new data, and compare the result with the current checkpoint",
        description="Writes a challenger with its report and promotes nothing. Exit status: 0 the challenger passed "
        "the gate, 1 it did not, 2 it could not be made.",
    )
    retrain.add_argument("--version", required=True, help="name of the challenger, such as 2027.01-a")
    retrain.add_argument(
        "--new",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a .csv or .jsonl with text, label and perhaps date and speaker; may be repeated",
    )
    add_feedback_sources(retrain)
    retrain.add_argument("--leave-out", action="store_true", help="go on without rows that cannot be learned from")
    retrain.add_argument("--config", type=Path, help="the challenger's recipe (default: the champion's)")
    retrain.add_argument("--gate", type=Path, help="the gate's rules (default: config/retraining.toml)")
    retrain.add_argument("--checkpoints", type=Path, default=CHECKPOINTS, help="folder of checkpoints")
    add_data_dir(retrain)
    add_runs(retrain)
    retrain.set_defaults(run=_retrain)


def _retrain(options: argparse.Namespace) -> int:
    from fake_news.data.folder import data_folder
    from fake_news.retraining.challenger import challenge, frozen_statements, report
    from fake_news.retraining.gate import DEFAULT_GATE, read_gate
    from fake_news.retraining.report import markdown, report_files, verdict
    from fake_news.retraining.validation import MOST_ROWS, check_rows
    from fake_news.runs.recording import recorded
    from fake_news.training.recipe import read_recipe, recipe_of
    from fake_news.training.train import data_fingerprints
    from fake_news.training.training_sets import load_corpus

    if not (options.new or options.feedback or options.server_feedback or options.config):
        raise PlumblineError(
            "There is nothing to learn from.", "Name --new FILE, --feedback FILE, --server-feedback, or a --config."
        )
    path = new_checkpoint(options.checkpoints, options.version)  # refused now rather than after minutes of training
    folder, gate = data_folder(options.data_dir), read_gate(options.gate or DEFAULT_GATE)
    champion = read_checkpoint(current_checkpoint(options.checkpoints))
    recipe = read_recipe(options.config) if options.config else recipe_of(champion.model["recipe"], champion.path)
    rows = list(islice(_rows(options), MOST_ROWS + 1))  # one more is refused; the rest need not be read for that
    corpus = load_corpus(folder)
    checked = check_rows(rows, corpus.archive, frozen_statements(corpus))
    if not options.leave_out:
        checked.refuse_problems()
    if not (checked.statements or checked.no_claims or options.config):
        raise PlumblineError("No new row is left to learn from.", "Name more, or another --config.")
    with recorded(
        "retrain",
        configuration={
            "version": options.version,
            "champion": champion.model["version"],
            "recipe": recipe,
            "gate": gate,
        },
        data={**data_fingerprints(folder), **_fingerprints(options, rows)},
        seed=0,
        runs=options.runs,
    ) as run:
        challenger = challenge(corpus, checked, recipe, champion, options.version, folder, gate)
        found = report(challenger, champion.model["version"], checked, _sources(options), gate)
        model, files = challenger.model, dict(challenger.files)
        model["card"] |= {"measures": measures(found), "charts": []}
        files |= report_files(found)
        write_checkpoint(options.checkpoints, options.version, model, files)
        run.note("verdict", verdict(found))
        run.note("passed", challenger.passed)
        for one in challenger.comparisons:
            if one.difference:
                run.metrics({f"AUC difference, {one.name}": one.difference.value})
        run.artefact(path)
    next_step = f"Promote it: `promote {options.version}`." if challenger.passed else "The champion stays."
    sys.stdout.write(f"{markdown(found)}\nWrote {path}. {next_step}\n")
    return 0 if challenger.passed else _NOT_PASSED


def measures(report: dict[str, Any]) -> list[dict[str, Any]]:
    """What the gate measured, as rows of the challenger's card."""
    from fake_news.reporting.report import Section

    rows = [
        {
            "section": Section.VERACITY,
            "measure": "AUC",
            "where": f"{one['name']}. {one['how']}",
            "n": one["n"],
            "base_rate": one["base_rate"],
            "figure": one["challenger"],
            "baseline": f"champion {report['champion']}: {one['champion']['value']:.3f}",
        }
        for one in report["sets"]
        if one["challenger"] and one["champion"]
    ]
    alarms = report["false_alarms"]
    if not alarms["n"]:
        return rows
    rows.append(
        {
            "section": Section.ORDINARY,
            "measure": "share painted likely-false",
            "where": f"pages/, article sentences, detector {report['version']}",
            "n": alarms["n"],
            "base_rate": None,
            "figure": alarms["challenger"],
            "baseline": "labelling every sentence: 1.000",
        }
    )
    return rows


def _rows(options: argparse.Namespace) -> Iterator[NewRow]:
    from fake_news.retraining.new_rows import read_feedback_file, read_new_data

    yield from chain.from_iterable(read_new_data(path) for path in options.new)
    yield from chain.from_iterable(read_feedback_file(path) for path in options.feedback)
    if options.server_feedback:
        yield from _feedback_of_server(options.data_folder)


def _feedback_of_server(folder: Path) -> Iterator[NewRow]:
    from fake_news.retraining.new_rows import feedback_row

    for row in server_feedback(folder):
        yield feedback_row(f"feedback {row['id']}", row)


def _sources(options: argparse.Namespace) -> list[str]:
    named = [path.name for path in [*options.new, *options.feedback]]
    return [*named, *(["the server's feedback"] if options.server_feedback else [])]


def _fingerprints(options: argparse.Namespace, rows: list[NewRow]) -> dict[str, str]:
    hashes = {path.name: sha256(path.read_bytes()) for path in [*options.new, *options.feedback]}
    if options.server_feedback:
        # The rows themselves, as the database changes with every reader's word.
        of_server = [dataclasses.astuple(row) for row in rows if row.where.startswith("feedback ")]
        hashes["the server's feedback"] = sha256(json.dumps(of_server).encode("utf-8"))
    return hashes
