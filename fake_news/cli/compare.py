"""``compare``: compare model families under the same protocols."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_data_dir, add_recipe, add_runs, recorder_of


def add(commands: Any) -> None:
    """Add the command to a parser's."""
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
    from fake_news.data.catalogue import missing_lines
    from fake_news.data.folder import data_folder
    from fake_news.model_selection.comparison import markdown
    from fake_news.pipelines.compare import compare_families
    from fake_news.reporting.output import require_folder_of, write_text
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
