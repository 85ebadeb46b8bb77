"""Reports with plots: exploration of the data, and analysis of the detector's errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.errors import PlumblineError
from fake_news.common.paths import ROOT
from fake_news.evaluation.error_analysis.analyse import analyse, analysis_page
from fake_news.evaluation.error_analysis.words import require_shap
from fake_news.exploration.explore import explore
from fake_news.exploration.report import Exploration, Part, exploration_report
from fake_news.reporting.charts import Findings
from fake_news.reporting.plots import svg
from fake_news.reporting.report import as_json, write_text
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder
from fake_news.training.recipe import Recipe
from fake_news.training.train import data_fingerprints
from fake_news.training.training_sets import load_corpus, protocols


def explore_data(
    data_folder: Path, html: Path, json: Path | None = None, recorder: Recorder = DEFAULT_RECORDER
) -> Exploration:
    """Explore LIAR and the PolitiFact archive, and write the report.

    Parameters
    ----------
    html : the page to write; it holds words and names of the data sets
    json : a file for the numbers behind the plots

    Raises
    ------
    PlumblineError
        If a data set is missing or malformed, or a file cannot be written.
    """
    with recorder.record("explore", configuration={"data": data_folder}) as run:
        exploration = explore(data_folder)
        write_text(html, exploration_report(exploration))
        if json:
            write_text(json, as_json(exploration.as_json()))
        run.metrics({f"{name}_statements": count for name, count in exploration.statements.items()})
        for chart in exploration.charts:
            if chart.section == Part.LEAK:
                run.plot(chart.title, svg(chart))
        run.artefact(html)
    return exploration


_IGNORED_BY_GIT = ("reports", ".scratch", "data")


@dataclass(frozen=True)
class ErrorAnalysis:
    """The findings; ``missing`` are the sets that were not at hand, with what each costs."""

    findings: Findings
    missing: Mapping[str, str]


def analyse_errors(
    data_folder: Path,
    recipe: Recipe,
    *,
    protocol: str | None = None,
    most_worst: int = 20,
    with_forest: bool = False,
    html: Path | None = None,
    json: Path | None = None,
    recorder: Recorder = DEFAULT_RECORDER,
) -> ErrorAnalysis:
    """Fit the recipe under one protocol, or all that the data allow, and analyse its errors.

    Parameters
    ----------
    most_worst : how many of the worst errors the page lists
    with_forest : explain a random forest too, which needs the package shap
    html : a page to write, with statements of the data sets
    json : a file for the figures, without any statement

    Raises
    ------
    PlumblineError
        If the page would lie where git tracks it, shap is missing, or a data set is missing or malformed.
    """
    require_private(html)
    if with_forest:
        require_shap()
    settings = {"recipe": recipe.as_json(), "protocol": protocol, "worst": most_worst, "forest": with_forest}
    with recorder.record("analyse", configuration=settings, data=data_fingerprints(data_folder), seed=0) as run:
        corpus = load_corpus(data_folder)
        run.note("missing_sets", corpus.missing)
        analyses = [
            analyse(corpus, data_folder, recipe, name, most_worst, with_forest=with_forest)
            for name in protocols(corpus, protocol)
        ]
        findings = sum((analysis.findings for analysis in analyses), Findings())
        if html:
            write_text(html, analysis_page(analyses))
        if json:
            write_text(json, as_json(findings.as_json()))
        run.findings(findings)
    return ErrorAnalysis(findings, corpus.missing)


def require_private(path: Path | None) -> None:
    """Refuse to write statements of the data sets where they could be committed.

    Raises
    ------
    PlumblineError
        If the file is in the repository and not in a folder that git ignores.
    """
    if path is None or not path.resolve().is_relative_to(ROOT):
        return
    if path.resolve().relative_to(ROOT).parts[0] not in _IGNORED_BY_GIT:
        raise PlumblineError(
            f"{path} could be committed to git, and the report holds statements of the data sets.",
            "Write it to reports/, or outside the repository.",
        )
