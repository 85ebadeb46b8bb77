"""``analyse``: where, on what and why the recipe errs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.files import add_data_dir, add_recipe, add_runs, as_json, require_folder_of, write_text
from fake_news.common.errors import PlumblineError

_REPOSITORY = Path(__file__).resolve().parents[2]
_KEPT_FROM_GIT = ("reports", ".scratch", "data")


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    analyse = commands.add_parser("analyse", help="where, on what and why the recipe errs on statements it has not met")
    analyse.add_argument(
        "--protocol", choices=("liar", "time"), help="one protocol only (default: all that the data carry)"
    )
    analyse.add_argument("--html", type=Path, metavar="FILE", help="write a report with statements, for local reading")
    analyse.add_argument("--json", type=Path, metavar="FILE", help="write the figures, without any statement")
    analyse.add_argument("--worst", type=_count, default=20, metavar="N", help="how many worst errors (default: 20)")
    analyse.add_argument("--forest", action="store_true", help="explain a random forest too; needs the package shap")
    add_data_dir(analyse)
    add_recipe(analyse)
    add_runs(analyse)
    analyse.set_defaults(run=_analyse)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _analyse(options: argparse.Namespace) -> None:
    require_folder_of(options.html, options.json)
    _require_private(options.html)
    from fake_news.data.available import described
    from fake_news.data.folder import data_folder
    from fake_news.evaluation.error_analysis.analyse import analyse
    from fake_news.evaluation.error_analysis.forest import require_shap
    from fake_news.evaluation.error_analysis.page import analysis_page
    from fake_news.evaluation.error_analysis.parts import Part
    from fake_news.evaluation.recorded_findings import record_findings
    from fake_news.reporting.charts import Findings
    from fake_news.reporting.report import table
    from fake_news.runs.recording import recorded
    from fake_news.training.recipe import DEFAULT_RECIPE, read_recipe
    from fake_news.training.train import data_fingerprints
    from fake_news.training.training_sets import load_corpus, protocols

    if options.forest:
        require_shap()
    folder, recipe = data_folder(options.data_dir), read_recipe(options.config or DEFAULT_RECIPE)
    settings = {
        "recipe": recipe.as_json(),
        "protocol": options.protocol,
        "worst": options.worst,
        "forest": options.forest,
    }
    with recorded("analyse", configuration=settings, data=data_fingerprints(folder), seed=0, runs=options.runs) as run:
        corpus = load_corpus(folder)
        names = protocols(corpus, options.protocol)
        run.note("missing_sets", corpus.missing)
        analyses = [analyse(corpus, folder, recipe, name, options.worst, with_forest=options.forest) for name in names]
        findings = sum((analysis.findings for analysis in analyses), Findings())
        if options.html:
            write_text(options.html, analysis_page(analyses))
        if options.json:
            write_text(options.json, as_json(findings.as_json()))
        record_findings(run, findings)
    lines = "".join(f"{line}\n\n" for line in described(corpus.missing))
    sys.stdout.write(f"{lines}{table(findings.rows, Part)}\n")


def _require_private(path: Path | None) -> None:
    """Say that a report with statements must not lie where git would take it up.

    Raises
    ------
    PlumblineError
        If the file is in the repository and not in a folder that git ignores.
    """
    if path is None or not path.resolve().is_relative_to(_REPOSITORY):
        return
    if path.resolve().relative_to(_REPOSITORY).parts[0] not in _KEPT_FROM_GIT:
        raise PlumblineError(
            f"{path} would be taken up by git, and the report holds statements of the data sets.",
            "Write it to reports/, or outside the repository.",
        )
