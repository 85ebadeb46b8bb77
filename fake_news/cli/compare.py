"""``compare``: compare model families under the same protocols."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.files import add_data_dir, add_recipe, add_runs, require_folder_of, write_text


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
    from fake_news.data.available import described
    from fake_news.data.folder import data_folder
    from fake_news.model_selection.compare import check_names, compare
    from fake_news.model_selection.comparison import compared, markdown
    from fake_news.model_selection.families import STACKS, families
    from fake_news.runs.recording import recorded
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe
    from fake_news.training.train import SEED, data_fingerprints
    from fake_news.training.training_sets import load_corpus, protocols

    require_folder_of(options.output)
    folder, recipe = data_folder(options.data_dir), read_recipe(options.config or DEFAULT_RECIPE)
    names = options.families.split(",") if options.families else [*families(recipe), *STACKS]
    check_names(names, [*families(recipe), *STACKS])  # refused now rather than after the data were read
    configuration = {"families": names, "protocol": options.protocol, "recipe": recipe.as_json(), "data_dir": folder}
    data = data_fingerprints(folder)
    with recorded("compare", configuration=configuration, data=data, seed=SEED, runs=options.runs) as run:
        corpus = load_corpus(folder)
        splits = list(protocols(corpus, options.protocol).values())
        results, skipped = compare(corpus, splits, recipe, names, options.scratch)
        comparisons = [compared(protocol, results[protocol.name]) for protocol in splits]
        run.note("skipped", skipped)
        run.note("missing_sets", corpus.missing)
        for comparison in comparisons:
            run.metrics(comparison.metrics())
    report = "".join([f"{line}\n\n" for line in described(corpus.missing)]) + markdown(comparisons, skipped)
    if options.output:
        content = (
            json.dumps(
                {"missing": corpus.missing, "skipped": skipped, "comparisons": [c.as_json() for c in comparisons]},
                indent=2,
            )
            + "\n"
            if options.output.suffix == ".json"
            else report
        )
        write_text(options.output, content)
    sys.stdout.write(report)
