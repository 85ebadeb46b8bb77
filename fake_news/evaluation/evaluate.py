"""Evaluation: refits the recipe under each honest protocol, and lets the shipped detector read ordinary pages.

The shipped detector has seen nearly every fact-checked statement, so its own score on them would mean nothing; what
is measured is its recipe, fitted on the past and scored on the future.
"""

from __future__ import annotations

import logging
from pathlib import Path

from joblib import Parallel, delayed

from fake_news.data.ordinary_text import load_pages
from fake_news.detector import Detector
from fake_news.evaluation.abstention import abstention_rows
from fake_news.evaluation.baseline import score_baseline
from fake_news.evaluation.behaviour import behaviour_rows
from fake_news.evaluation.calibration import at_base_rates, by_year
from fake_news.evaluation.charts import Findings
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
from fake_news.training.abstaining import SILENT, choose_abstention, read
from fake_news.training.claims.examples import load_examples
from fake_news.training.models import detector_in_memory, fit_models
from fake_news.training.recipe import Recipe
from fake_news.training.training_sets import (
    Corpus,
    articles_to_choose_on,
    beginnings,
    liar_protocol,
    time_protocol,
)

logger = logging.getLogger(__name__)

MAPPING = "3/3 mapping: true, mostly-true, half-true against the rest; statement alone"


def evaluate_recipe(corpus: Corpus, recipe: Recipe, punkt: dict[str, list[str]], folder: Path) -> Findings:
    """Everything that is measured of the recipe, under its protocols."""
    liar, time = liar_protocol(corpus), time_protocol(corpus)
    logger.info("Fitting on LIAR's train split, and on statements before %s …", time.reference_date)
    liar_models, time_models = Parallel(n_jobs=2)(
        delayed(fit_models)(corpus, protocol, recipe) for protocol in (liar, time)
    )
    logger.info("Fitting the baseline …")
    liar_baseline, time_baseline = Parallel(n_jobs=2)(delayed(score_baseline)(protocol) for protocol in (liar, time))
    logger.info("Looking for leaks …")
    leaks = leakage_rows(corpus, liar, time, liar_models.vectorizer, folder)

    logger.info("Measuring …")
    valid = score(liar_models, "LIAR valid", liar.calibration)
    test = score(liar_models, liar.name, liar.test)
    late = score(time_models, "late 2020", time.calibration)
    later = score(time_models, time.name, time.test)
    silent = detector_in_memory(time_models, SILENT, punkt)
    ordinary = read(silent, beginnings(articles_to_choose_on(corpus)))
    abstention = choose_abstention(time_models, time.calibration, ordinary, recipe.abstention)
    rows = [
        *veracity_rows(valid, test, later),
        *comparison_rows(test, liar_baseline),
        *comparison_rows(later, time_baseline),
        *comparison_rows(named_speakers(later), named_speakers(time_baseline)),
        *at_base_rates(later),
        *at_base_rates(test),
        *abstention_rows(later, abstention, recipe.abstention),
        *recall_rows(silent, later, folder),
        *check_worthiness_rows(liar_models, folder),
        *leaks,
    ]
    return (
        Findings(rows, list(curves([test, later])))
        + by_year(late, later)
        + confusions(valid, test)
        + confusions(late, later)
        + slices_of_years(later)
        + slices_of_liar(test, load_liar_columns(folder, "test"), {s.speaker for s in corpus.liar["train"]})
    )


def evaluate_detector(detector: Detector, folder: Path) -> Findings:
    """What is measured of a finished detector itself."""
    return painted_on_pages(detector, load_pages(folder)) + Findings(
        [*behaviour_rows(detector), *claims_by_domain(detector, load_examples(folder))]
    )
