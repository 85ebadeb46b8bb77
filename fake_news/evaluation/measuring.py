"""Measuring a recipe under each protocol, and a finished detector on ordinary pages; and writing both into its card.

The shipped detector has seen nearly every fact-checked statement, so its own score on them would mean nothing; what
is measured is its recipe, fitted on the past and scored on the future.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from joblib import Parallel, delayed

from fake_news.data.ordinary_text import load_articles
from fake_news.data.status import has_set
from fake_news.detection.checkpoint import extend_checkpoint, read_checkpoint
from fake_news.detection.detector import Detector
from fake_news.evaluation.behaviour import behaviour_rows
from fake_news.evaluation.calibration import abstention_rows, at_base_rates, by_year
from fake_news.evaluation.check_worthiness import check_worthiness_rows, claims_by_domain
from fake_news.evaluation.evaluation_data import DetectorData, EvaluationData, load_detector_data
from fake_news.evaluation.leakage import leakage_rows
from fake_news.evaluation.ordinary_pages import charged_truth_rows, painted_on_pages, recall_rows
from fake_news.evaluation.scored_statements import (
    named_speakers,
    score,
    score_baseline,
    slices_of_liar,
    slices_of_years,
)
from fake_news.evaluation.veracity import comparison_rows, confusions, curves, detector_rows, veracity_rows
from fake_news.monitoring.reference import FIELD
from fake_news.reporting.charts import Findings
from fake_news.training.abstention import SILENT, choose_abstention, read
from fake_news.training.checkpoint_draft import detector_in_memory, drift_reference
from fake_news.training.detector_models import fit_models
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import Protocol, articles_to_choose_on, beginnings, protocols

logger = logging.getLogger(__name__)

MAPPING = "3/3 mapping: true, mostly-true, half-true against the rest; statement alone"

_ARTICLES = "fakenewsnet"
_CALIBRATED_ON = {"liar": "LIAR valid", "time": "late 2020"}


def measure_recipe(data: EvaluationData, recipe: Recipe, punkt: dict[str, list[str]]) -> Findings:
    """Fit the recipe under every protocol that the sets at hand allow, and measure it.

    Parameters
    ----------
    punkt : sentence-boundary parameters, see :func:`fake_news.training.train.punkt_parameters`

    Raises
    ------
    DataError
        If they allow none.
    """
    splits = protocols(data.corpus)
    logger.info("Fitting under the protocols %s …", " and ".join(one.name for one in splits.values()))
    models = _each(splits, delayed(fit_models), lambda protocol: (data.corpus, protocol, recipe))
    logger.info("Fitting the baseline …")
    baselines = _each(splits, delayed(score_baseline), lambda protocol: (protocol,))
    logger.info("Looking for leaks …")
    first = next(iter(models.values()))
    leaks = leakage_rows(data, splits, first.vectorizer)

    logger.info("Measuring …")
    before = {
        name: score(models[name], _CALIBRATED_ON[name], protocol.calibration) for name, protocol in splits.items()
    }
    after = {name: score(models[name], protocol.name, protocol.test) for name, protocol in splits.items()}
    test, later = after.get("liar"), after.get("time")
    rows = veracity_rows(before.get("liar"), test, later)
    rows += [row for name, scored in after.items() for row in comparison_rows(scored, baselines[name])]
    if later:
        rows += comparison_rows(named_speakers(later), named_speakers(baselines["time"]))
    rows += [row for scored in (later, test) if scored for row in at_base_rates(scored)]
    if later:
        silent = detector_in_memory(models["time"], SILENT, punkt)
        ordinary = read(silent, beginnings(articles_to_choose_on(data.corpus)))
        abstention = choose_abstention(models["time"], splits["time"].calibration, ordinary, recipe.abstention)
        rows += abstention_rows(later, abstention, recipe.abstention)
        rows += recall_rows(silent, later, data.detector.pages, data.debates)
    rows += check_worthiness_rows(first, data.debates, data.news)
    findings = Findings([*rows, *leaks], list(curves(list(after.values()))))
    if later:
        findings += by_year(before["time"], later)
    for name, scored in after.items():
        findings += confusions(before[name], scored)
    if later:
        findings += slices_of_years(later)
    if test:
        known = {statement.speaker for statement in data.corpus.liar["train"]}
        findings += slices_of_liar(test, data.liar_columns, known)
    return findings


def measure_detector(detector: Detector, data: DetectorData) -> Findings:
    """Measure a finished detector itself."""
    findings = Findings(behaviour_rows(detector))
    if data.charged_truths:
        findings += Findings(charged_truth_rows(detector, data.charged_truths))
    if data.liar_test:
        findings += Findings(detector_rows(detector, data.liar_test))
    if data.pages:
        findings = painted_on_pages(detector, data.pages) + findings
    if data.claim_examples:
        findings += Findings(claims_by_domain(detector, data.claim_examples))
    return findings


def update_checkpoint_card(path: Path, data_folder: Path) -> Findings:
    """Measure the detector of a checkpoint again after a part of it was replaced, and update its card.

    What was measured of the recipe stays: that part of the evaluation does not read the replaced one.

    Raises
    ------
    CheckpointError
        If the checkpoint is missing or damaged, or cannot be written.
    """
    detector = Detector.load(path)
    logger.info("Measuring the detector …")
    findings = measure_detector(detector, load_detector_data(data_folder))
    measured = findings.as_json()
    card = dict(detector.card)
    mark = f"detector {detector.version}"
    card["measures"] = [row for row in card["measures"] if not row["where"].endswith(mark)] + measured["rows"]
    titles = {chart["title"] for chart in measured["charts"]}
    card["charts"] = [chart for chart in card["charts"] if chart["title"] not in titles] + measured["charts"]
    if has_set(data_folder, _ARTICLES):
        card[FIELD] = drift_reference(detector, load_articles(data_folder)).as_json()
    extend_checkpoint(path, "card", card, {})
    return findings


def add_to_card(path: Path, findings: Findings) -> None:
    """Put findings into the card of a checkpoint, in place of earlier ones of the same sections.

    Raises
    ------
    CheckpointError
        If the checkpoint is missing or damaged, or cannot be written.
    """
    card, measured = read_checkpoint(path).card, findings.as_json()["rows"]
    sections = {row["section"] for row in measured}
    kept = [row for row in card["measures"] if row.get("section") not in sections]
    extend_checkpoint(path, "card", {**card, "measures": kept + measured}, {})


def _each(splits: Mapping[str, Protocol], do: Any, arguments: Callable[[Protocol], tuple[Any, ...]]) -> dict[str, Any]:
    """Call a delayed function for every protocol, side by side."""
    results = Parallel(n_jobs=len(splits))(do(*arguments(protocol)) for protocol in splits.values())
    return dict(zip(splits, results, strict=True))
