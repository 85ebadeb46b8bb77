"""Evaluation: refits the recipe under each honest protocol, and lets the shipped detector read ordinary pages.

The shipped detector has seen nearly every fact-checked statement, so its own score on them would mean nothing; what
is measured is its recipe, fitted on the past and scored on the future.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from joblib import Parallel, delayed

from fake_news.data.available import has_set
from fake_news.data.ordinary_text import PAGES_SET, load_pages
from fake_news.detection.detector import Detector
from fake_news.evaluation.abstention import abstention_rows
from fake_news.evaluation.baseline import score_baseline
from fake_news.evaluation.behaviour import behaviour_rows
from fake_news.evaluation.calibration import at_base_rates, by_year
from fake_news.evaluation.check_worthiness import check_worthiness_rows
from fake_news.evaluation.claims_by_domain import claims_by_domain
from fake_news.evaluation.curves import curves
from fake_news.evaluation.leakage import leakage_rows
from fake_news.evaluation.liar_columns import load_liar_columns
from fake_news.evaluation.ordinary import painted_on_pages, recall_rows
from fake_news.evaluation.scored import named_speakers, score
from fake_news.evaluation.six_way import confusions
from fake_news.evaluation.slices import slices_of_liar, slices_of_years
from fake_news.evaluation.veracity import comparison_rows, veracity_rows
from fake_news.reporting.charts import Findings
from fake_news.training.abstaining import SILENT, choose_abstention, read
from fake_news.training.claims.examples import SETS, load_examples
from fake_news.training.models import detector_in_memory, fit_models
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import (
    Corpus,
    Protocol,
    articles_to_choose_on,
    beginnings,
    protocols,
)

logger = logging.getLogger(__name__)

_CALIBRATED_ON = {"liar": "LIAR valid", "time": "late 2020"}

MAPPING = "3/3 mapping: true, mostly-true, half-true against the rest; statement alone"


def evaluate_recipe(corpus: Corpus, recipe: Recipe, punkt: dict[str, list[str]], folder: Path) -> Findings:
    """Everything that is measured of the recipe, under the protocols that the sets at hand carry.

    Raises
    ------
    DataError
        If they carry none.
    """
    splits = protocols(corpus)
    logger.info("Fitting under the protocols %s …", " and ".join(one.name for one in splits.values()))
    models = _each(splits, delayed(fit_models), lambda protocol: (corpus, protocol, recipe))
    logger.info("Fitting the baseline …")
    baselines = _each(splits, delayed(score_baseline), lambda protocol: (protocol,))
    logger.info("Looking for leaks …")
    first = next(iter(models.values()))
    leaks = leakage_rows(corpus, splits, first.vectorizer, folder)

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
        ordinary = read(silent, beginnings(articles_to_choose_on(corpus)))
        abstention = choose_abstention(models["time"], splits["time"].calibration, ordinary, recipe.abstention)
        rows += abstention_rows(later, abstention, recipe.abstention)
        rows += recall_rows(silent, later, folder)
    findings = Findings([*rows, *check_worthiness_rows(first, folder), *leaks], list(curves(list(after.values()))))
    if later:
        findings += by_year(before["time"], later)
    for name, scored in after.items():
        findings += confusions(before[name], scored)
    if later:
        findings += slices_of_years(later)
    if test:
        known = {statement.speaker for statement in corpus.liar["train"]}
        findings += slices_of_liar(test, load_liar_columns(folder, "test"), known)
    return findings


def evaluate_detector(detector: Detector, folder: Path) -> Findings:
    """What is measured of a finished detector itself."""
    found = Findings(behaviour_rows(detector))
    if has_set(folder, PAGES_SET):
        found = painted_on_pages(detector, load_pages(folder)) + found
    if all(has_set(folder, name) for name in SETS):
        found += Findings(claims_by_domain(detector, load_examples(folder)))
    return found


def _each(splits: Mapping[str, Protocol], do: Any, arguments: Callable[[Protocol], tuple[Any, ...]]) -> dict[str, Any]:
    """What a delayed function makes of every protocol, side by side."""
    made = Parallel(n_jobs=len(splits))(do(*arguments(protocol)) for protocol in splits.values())
    return dict(zip(splits, made, strict=True))
