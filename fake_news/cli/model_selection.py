"""``compare``: model families beside each other; ``tune``: search their settings."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fake_news.cli.options import add_data_dir, add_recipe, add_runs, add_workers, recorder_of
from fake_news.cli.terminal import ProgressBar


def add_compare(commands: Any) -> None:
    """Add the command to the parser's commands."""
    compare = commands.add_parser("compare", help="compare model families under the same protocols")
    compare.add_argument("--families", help="names, comma-separated (default: all)")
    compare.add_argument(
        "--protocol", choices=("liar", "time"), help="one protocol only (default: all that the data carry)"
    )
    compare.add_argument("--output", type=Path, help="also write it there: a .md file, or .json with all figures")
    compare.add_argument("--scratch", type=Path, default=Path(".scratch/compare"), help="folder of finished parts")
    add_data_dir(compare)
    add_recipe(compare)
    add_runs(compare)
    compare.set_defaults(run=_compare)


def _compare(options: argparse.Namespace) -> None:
    from fake_news.data.folder import data_folder
    from fake_news.data.status import missing_lines
    from fake_news.model_selection.comparison_report import markdown
    from fake_news.pipelines.model_selection import compare_families
    from fake_news.reporting.report import require_folder_of, write_text
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe

    require_folder_of(options.output)
    comparison = compare_families(
        data_folder(options.data_dir),
        read_recipe(options.config or DEFAULT_RECIPE),
        options.families.split(",") if options.families else (),
        protocol=options.protocol,
        scratch=options.scratch,
        recorder=recorder_of(options),
    )
    missing = "".join(f"{line}\n\n" for line in missing_lines(dict(comparison.missing)))
    report = missing + markdown(comparison.comparisons, comparison.skipped)
    if options.output:
        is_json = options.output.suffix == ".json"
        write_text(options.output, json.dumps(comparison.as_json(), indent=2) + "\n" if is_json else report)
    sys.stdout.write(report)


if TYPE_CHECKING:
    from fake_news.pipelines.model_selection import Search, Workplace


def add_tune(commands: Any) -> None:
    """Add both commands to the parser's commands."""
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
        command.add_argument("--resume", action="store_true", help="continue a search that was stopped")
        command.add_argument("--output", type=Path, help="also write it there: a .md file, or .json with all figures")
        command.add_argument("--scratch", type=Path, default=Path(".scratch/tune"), help="folder of finished trials")
        add_data_dir(command)
        add_runs(command)
        add_workers(command)


def _tune(options: argparse.Namespace) -> None:
    from fake_news.pipelines.model_selection import tune
    from fake_news.reporting.report import require_folder_of

    require_folder_of(options.output)
    report = tune(
        _prepared(options, options.search),
        _workplace(options),
        ProgressBar("trials"),
        output=options.output,
        recorder=recorder_of(options),
    )
    sys.stdout.write(report["markdown"])


def _learning_curve(options: argparse.Namespace) -> None:
    from fake_news.pipelines.model_selection import draw_learning_curve
    from fake_news.reporting.report import require_folder_of

    require_folder_of(options.output, options.plot)
    report = draw_learning_curve(
        _prepared(options),
        options.family,
        _workplace(options),
        ProgressBar("trials"),
        plot=options.plot,
        output=options.output,
        recorder=recorder_of(options),
    )
    sys.stdout.write(report["markdown"])


def _prepared(options: argparse.Namespace, method: str | None = None) -> Search:
    from fake_news.common.parallel import check_backend
    from fake_news.data.folder import data_folder
    from fake_news.data.status import missing_lines
    from fake_news.model_selection.tuning.candidates import DEFAULT_CONFIGURATION, read_configuration
    from fake_news.pipelines.model_selection import prepare_search
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe

    check_backend(options.backend)  # refused now rather than after the data were read
    configuration = read_configuration(options.config or DEFAULT_CONFIGURATION).with_method(method)
    recipe = read_recipe(options.recipe or DEFAULT_RECIPE)
    search = prepare_search(data_folder(options.data_dir), configuration, recipe)
    sys.stdout.write("".join(f"{line}\n\n" for line in missing_lines(dict(search.missing))))
    return search


def _workplace(options: argparse.Namespace) -> Workplace:
    from fake_news.pipelines.model_selection import Workplace

    return Workplace(options.jobs, options.backend, options.scratch, options.resume)
