"""``tune``: search families and settings by cross-validation; ``learning-curve``: how the score grows with the data."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fake_news.cli.files import add_data_dir, add_runs, require_folder_of, write_text
from fake_news.cli.parallel import add_workers
from fake_news.cli.progress import ProgressBar


def add(commands: Any) -> None:
    """Add both commands to a parser's."""
    tune = commands.add_parser("tune", help="search model families and their settings by cross-validation")
    tune.add_argument("--search", choices=("grid", "random", "halving"), help="instead of the configuration's method")
    tune.set_defaults(run=_tune)
    curve = commands.add_parser("learning-curve", help="how a family's score grows with the statements learned from")
    curve.add_argument("--family", default="shipped", help="which one (default: the shipped recipe)")
    curve.add_argument("--plot", type=Path, metavar="FILE", help="also draw it there, as SVG")
    curve.set_defaults(run=_learning_curve)
    for command in (tune, curve):
        command.add_argument("--config", type=Path, help="what is searched (default: config/tune.toml)")
        command.add_argument("--recipe", type=Path, help="the recipe (default: config/detector.toml)")
        command.add_argument("--resume", action="store_true", help="go on with a search that was stopped")
        command.add_argument("--output", type=Path, help="also write it there: a .md file, or .json with all figures")
        command.add_argument("--scratch", type=Path, default=Path(".scratch/tune"), help="folder of finished trials")
        add_data_dir(command)
        add_runs(command)
        add_workers(command)


def _tune(options: argparse.Namespace) -> None:
    from fake_news.common.parallel import check_backend, workers
    from fake_news.model_selection.tuning.candidates import candidates
    from fake_news.model_selection.tuning.journal import Journal
    from fake_news.model_selection.tuning.outcome import final_results
    from fake_news.model_selection.tuning.search import search, trials_planned
    from fake_news.model_selection.tuning_report import search_report
    from fake_news.runs.recording import recorded

    require_folder_of(options.output)
    check_backend(options.backend)
    configuration, recipe, fingerprints, protocol, task = _prepared(options)
    wanted = candidates(configuration, task.families)
    with (
        recorded(
            "tune", configuration=configuration.as_json(), data=fingerprints, seed=task.seed, runs=options.runs
        ) as run,
        workers(options.backend, options.jobs) as at_work,
        Journal(options.scratch, task.fingerprint, options.resume) as journal,
    ):
        if journal.report is None:
            bar = ProgressBar("trials", trials_planned(len(wanted), configuration))
            ranked = search(task, wanted, configuration, at_work, journal, bar)
            results = final_results(task, protocol, recipe, ranked[0].candidate)
            journal.finish(search_report(protocol, configuration, ranked, results))
        _deliver(journal.report or {}, options.output, run, "candidates")


def _learning_curve(options: argparse.Namespace) -> None:
    from fake_news.common.errors import PlumblineError
    from fake_news.common.parallel import check_backend, workers
    from fake_news.model_selection.tuning.candidates import Candidate
    from fake_news.model_selection.tuning.journal import Journal
    from fake_news.model_selection.tuning.learning_curve import SHARES, learning_curve
    from fake_news.model_selection.tuning_report import curve_report
    from fake_news.runs.recording import recorded

    require_folder_of(options.output, options.plot)
    check_backend(options.backend)
    configuration, _, fingerprints, protocol, task = _prepared(options)
    if options.family not in task.families:
        raise PlumblineError(f"There is no family {options.family!r}.", f"Known are {', '.join(task.families)}.")
    described = {**configuration.as_json(), "family": options.family}
    with (
        recorded(
            "learning-curve", configuration=described, data=fingerprints, seed=task.seed, runs=options.runs
        ) as run,
        workers(options.backend, options.jobs) as at_work,
        Journal(options.scratch / "learning-curves", task.fingerprint, options.resume) as journal,
    ):
        bar = ProgressBar("trials", len(SHARES) * len(task.folds))
        points = learning_curve(task, Candidate(options.family, ()), at_work, journal, bar)
        title = task.families[options.family].title
        report = curve_report(title, len(protocol.train), len(task.folds), points)
        if options.plot:
            write_text(options.plot, report["plot"])
        _deliver(report, options.output, run, "learning curve")


def _prepared(options: argparse.Namespace) -> tuple[Any, Any, dict[str, str], Any, Any]:
    from fake_news.data.available import described
    from fake_news.data.folder import data_folder
    from fake_news.model_selection.tuning.candidates import candidates
    from fake_news.model_selection.tuning.configuration import DEFAULT_CONFIGURATION, read_configuration
    from fake_news.model_selection.tuning.search import search_task
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe
    from fake_news.training.train import data_fingerprints
    from fake_news.training.training_sets import load_corpus, protocols

    configuration = read_configuration(options.config or DEFAULT_CONFIGURATION)
    configuration = configuration.with_method(getattr(options, "search", None))
    recipe = read_recipe(options.recipe or DEFAULT_RECIPE)
    folder = data_folder(options.data_dir)
    corpus = load_corpus(folder)
    [protocol] = protocols(corpus, configuration.protocol).values()
    task = search_task(corpus, protocol, recipe, configuration)
    candidates(configuration, task.families)  # refused now rather than after the cluster was reached
    sys.stdout.write("".join(f"{line}\n\n" for line in described(corpus.missing)))
    return configuration, recipe, data_fingerprints(folder), protocol, task


def _deliver(report: Mapping[str, Any], output: Path | None, run: Any, plot: str) -> None:
    run.metrics(report["metrics"])
    run.plot(plot, report["plot"])
    if output:
        as_json = output.suffix == ".json"
        write_text(output, json.dumps(report, indent=1) + "\n" if as_json else report["markdown"])
        run.artefact(output)
    sys.stdout.write(report["markdown"])
