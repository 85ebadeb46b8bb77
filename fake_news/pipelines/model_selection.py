"""Choosing a model: comparing families, searching their settings by cross-validation, and drawing learning curves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.common.parallel import check_backend, workers
from fake_news.common.progress import Progress, no_progress
from fake_news.model_selection.compare import check_names, compare
from fake_news.model_selection.comparison_report import Comparison, compare_results
from fake_news.model_selection.families import STACKS, families
from fake_news.model_selection.tuning.candidates import Candidate, TuningConfiguration, candidates
from fake_news.model_selection.tuning.journal import Journal
from fake_news.model_selection.tuning.report import curve_report, search_report
from fake_news.model_selection.tuning.search import SHARES, learning_curve, search, search_task, trials_planned
from fake_news.model_selection.tuning.trial import SearchTask, final_results
from fake_news.reporting.report import write_text
from fake_news.runs.recording import DEFAULT_RECORDER, Recorder, Run
from fake_news.training.recipe import Recipe
from fake_news.training.train import SEED, data_fingerprints
from fake_news.training.training_sets import Protocol, load_corpus, protocols

COMPARISON_SCRATCH = Path(".scratch/compare")
TUNING_SCRATCH = Path(".scratch/tune")


@dataclass(frozen=True)
class FamilyComparison:
    """The families, one comparison for each protocol.

    Attributes
    ----------
    skipped : families that were left out, with why
    missing : sets that were not at hand, with what each costs
    """

    comparisons: Sequence[Comparison]
    skipped: Mapping[str, str]
    missing: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """All figures as plain values."""
        return {
            "missing": dict(self.missing),
            "skipped": dict(self.skipped),
            "comparisons": [comparison.as_json() for comparison in self.comparisons],
        }


def compare_families(
    data_folder: Path,
    recipe: Recipe,
    names: Sequence[str] = (),
    *,
    protocol: str | None = None,
    scratch: Path = COMPARISON_SCRATCH,
    recorder: Recorder = DEFAULT_RECORDER,
) -> FamilyComparison:
    """Fit the families, choose their settings on validation statements, and score each once on the test statements.

    Parameters
    ----------
    names : which families (default: all)
    protocol : one protocol only (default: all that the data allow)
    scratch : the folder of finished parts; a comparison that was stopped continues from there

    Raises
    ------
    PlumblineError
        If a family is unknown, or the data do not allow the protocol.
    """
    known = [*families(recipe), *STACKS]
    wanted = list(names) or known
    check_names(wanted, known)  # refused now rather than after the data were read
    configuration = {"families": wanted, "protocol": protocol, "recipe": recipe.as_json(), "data_dir": data_folder}
    fingerprints = data_fingerprints(data_folder)
    with recorder.record("compare", configuration=configuration, data=fingerprints, seed=SEED) as run:
        corpus = load_corpus(data_folder)
        splits = list(protocols(corpus, protocol).values())
        results, skipped = compare(corpus, splits, recipe, wanted, scratch)
        comparisons = [compare_results(split, results[split.name]) for split in splits]
        run.note("skipped", skipped)
        run.note("missing_sets", corpus.missing)
        for comparison in comparisons:
            run.metrics(comparison.metrics())
    return FamilyComparison(comparisons, skipped, corpus.missing)


@dataclass(frozen=True)
class Workplace:
    """Where the work of a search is done and kept.

    Attributes
    ----------
    jobs : processes on this machine
    backend : the address of a Dask scheduler to use instead
    scratch : the folder of finished trials
    resume : whether to continue a search that was stopped
    """

    jobs: int = 1
    backend: str | None = None
    scratch: Path = TUNING_SCRATCH
    resume: bool = False


@dataclass(frozen=True)
class Search:
    """What is searched, and on which statements.

    Attributes
    ----------
    fingerprints : SHA-256 of the files that were read
    missing : sets that are not at hand, with what each costs
    """

    configuration: TuningConfiguration
    recipe: Recipe
    protocol: Protocol
    task: SearchTask
    fingerprints: Mapping[str, str]
    missing: Mapping[str, str]


def prepare_search(data_folder: Path, configuration: TuningConfiguration, recipe: Recipe) -> Search:
    """Read the data and cut the training statements into folds.

    Raises
    ------
    PlumblineError
        If the configuration names an unknown family or setting, or the data do not allow its protocol.
    """
    corpus = load_corpus(data_folder)
    [protocol] = protocols(corpus, configuration.protocol).values()
    task = search_task(corpus, protocol, recipe, configuration)
    candidates(configuration, task.families)  # refused now rather than after the cluster was reached
    return Search(configuration, recipe, protocol, task, data_fingerprints(data_folder), corpus.missing)


def tune(
    prepared: Search,
    workplace: Workplace,
    progress: Progress = no_progress,
    *,
    output: Path | None = None,
    recorder: Recorder = DEFAULT_RECORDER,
) -> Mapping[str, Any]:
    """Search families and settings, and score the best once on the test statements.

    Parameters
    ----------
    output : a .json file for all figures, or another for the Markdown

    Returns
    -------
    The report as plain values: ``markdown``, ``metrics``, ``candidates``, and the ``plot`` as SVG.

    Raises
    ------
    PlumblineError
        If every candidate failed, the cluster cannot be reached, or another search of the same is running.
    """
    check_backend(workplace.backend)
    configuration, task = prepared.configuration, prepared.task
    wanted = candidates(configuration, task.families)
    with (
        recorder.record(
            "tune", configuration=configuration.as_json(), data=prepared.fingerprints, seed=task.seed
        ) as run,
        workers(workplace.backend, workplace.jobs) as at_work,
        Journal(workplace.scratch, task.fingerprint, workplace.resume) as journal,
    ):
        if journal.report is None:
            planned = trials_planned(len(wanted), configuration)
            ranked = search(task, wanted, configuration, at_work, journal, lambda done: progress(done, planned))
            results = final_results(task, prepared.protocol, prepared.recipe, ranked[0].candidate)
            journal.finish(search_report(prepared.protocol, configuration, ranked, results))
        report = journal.report or {}
        _keep(report, output, run, "candidates")
    return report


def draw_learning_curve(
    prepared: Search,
    family: str,
    workplace: Workplace,
    progress: Progress = no_progress,
    *,
    plot: Path | None = None,
    output: Path | None = None,
    recorder: Recorder = DEFAULT_RECORDER,
) -> Mapping[str, Any]:
    """Score a family fitted on growing shares of the training statements.

    Parameters
    ----------
    plot : an SVG file to write
    output : a .json file for all figures, or another for the Markdown

    Returns
    -------
    The report as plain values; ``markdown``, ``metrics`` and ``plot`` are among them.

    Raises
    ------
    PlumblineError
        If the family is unknown or cannot be fitted, the cluster cannot be reached, or another curve of the same is
        being drawn.
    """
    check_backend(workplace.backend)
    task = prepared.task
    if family not in task.families:
        raise PlumblineError(f"There is no family {family!r}.", f"Known are {', '.join(task.families)}.")
    described = {**prepared.configuration.as_json(), "family": family}
    planned = len(SHARES) * len(task.folds)
    with (
        recorder.record("learning-curve", configuration=described, data=prepared.fingerprints, seed=task.seed) as run,
        workers(workplace.backend, workplace.jobs) as at_work,
        Journal(workplace.scratch / "learning-curves", task.fingerprint, workplace.resume) as journal,
    ):
        points = learning_curve(task, Candidate(family, ()), at_work, journal, lambda done: progress(done, planned))
        title = task.families[family].title
        report = curve_report(title, len(prepared.protocol.train), len(task.folds), points)
        if plot:
            write_text(plot, report["plot"])
        _keep(report, output, run, "learning curve")
    return report


def _keep(report: Mapping[str, Any], output: Path | None, run: Run, plot: str) -> None:
    """Put a report into the record of the run, and into a file where one is named."""
    run.metrics(report["metrics"])
    run.plot(plot, report["plot"])
    if output:
        is_json = output.suffix == ".json"
        write_text(output, json.dumps(report, indent=1) + "\n" if is_json else report["markdown"])
        run.artefact(output)
