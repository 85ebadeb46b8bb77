"""Training the detector that ships."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from fake_news.data.rulings import RULINGS
from fake_news.detection.checkpoint import sha256
from fake_news.detection.veracity.abstention import Abstention
from fake_news.training.abbreviations import learn_abbreviations
from fake_news.training.abstaining import SILENT, choose_abstention, read
from fake_news.training.card_words import CARD_WORDS
from fake_news.training.checkpoint_draft import CheckpointDraft
from fake_news.training.models import FittedModels, detector_files, detector_in_memory, fit_models
from fake_news.training.recipe import ENCODER, WORDS, Recipe
from fake_news.training.training_sets import (
    Corpus,
    articles_to_choose_on,
    beginnings,
    shipped_calibration_protocol,
    shipped_protocol,
    texts,
    truths,
)

logger = logging.getLogger(__name__)

SEED = 0
"""Where every random draw of training begins, here and in what it calls: the same data give the same bytes."""
LEFT_OUT = "LIAR's validation and test statements and everything worded like them"
"""What no shipped detector was trained on, in the words of its card."""

_LIAR_YEARS = ("2007", "2016")
"""Of LIAR's statements, which carry no date."""

_SOURCES = (
    RULINGS,
    "liar",
    "politifact",
    "claimbuster",
    "checkthat_2024_task1",
    "checkthat_2025_subjectivity",
    "fakenewsnet",
)


def train(
    corpus: Corpus, recipe: Recipe, punkt: dict[str, list[str]], version: str, learned: Corpus | None = None
) -> CheckpointDraft:
    """The shipped detector: fitted on everything but LIAR's validation and test statements.

    Parameters
    ----------
    punkt : sentence-boundary parameters, see :func:`punkt_parameters`
    learned : what is fitted on in the end, where that is more than the corpus: what readers choose to send is no sample
        to calibrate on, or to choose thresholds on
    """
    past = shipped_calibration_protocol(corpus)
    logger.info("Fitting on %d statements, to calibrate on %d others …", len(past.train), len(past.calibration))
    past_models = fit_models(corpus, past, recipe)
    learned = learned or corpus
    everything = shipped_protocol(learned)
    logger.info("Fitting on all %d statements …", len(everything.train))
    models = fit_models(learned, everything, recipe, past_models.calibration)
    logger.info("Choosing when to speak …")
    ordinary = read(detector_in_memory(models, SILENT, punkt), beginnings(articles_to_choose_on(corpus)))
    abstention = choose_abstention(past_models, past.calibration, ordinary, recipe.abstention)
    specification, files = detector_files(models, abstention, punkt)
    card = _card(version, learned, models, abstention, recipe, float(truths(past.calibration).mean()))
    return CheckpointDraft({"version": version, **specification, "recipe": recipe.as_json(), "card": card}, files)


def punkt_parameters(corpus: Corpus) -> dict[str, list[str]]:
    """Abbreviations and sentence starters of debates, statements and articles."""
    paragraphs = [paragraph for article in corpus.articles for paragraph in article]
    return learn_abbreviations([*texts(corpus.claims), *texts(corpus.archive), *paragraphs])


def _card(
    version: str, corpus: Corpus, models: FittedModels, abstention: Abstention, recipe: Recipe, natural_base_rate: float
) -> dict[str, Any]:
    dated = [statement.date[:4] for statement in corpus.archive if statement.date]
    years = [min(dated, default=_LIAR_YEARS[0]), max(dated, default=_LIAR_YEARS[1])]
    return {
        "name": "Plumbline detector",
        "version": version,
        "task": f"P(true) of an English statement from its {_READ[recipe.veracity.family]} alone, and whether it is a "
        "claim at all",
        "mapping": "true, mostly-true and half-true against mostly-false, false and pants-fire",
        "base_rate": models.calibration.base_rate,
        "natural_base_rate": round(natural_base_rate, 4),
        "trained_on": {
            "statements": len(corpus.archive),
            "years": years,
            "claim_sentences": len(corpus.claims) + len(corpus.news_claims),
            "left_out": LEFT_OUT,
            "missing": corpus.missing,
        },
        "identity": _identity(models, recipe),
        "abstention": {
            "likely_false_below": abstention.likely_false_below,
            "likely_true_above": abstention.likely_true_above,
            "suspicious_from": abstention.suspicious_from,
            "error_bound": recipe.abstention.error_bound,
            "confidence": recipe.abstention.confidence,
            "false_alarm_bound": recipe.abstention.false_alarm_bound,
            "likely_true_bound": recipe.abstention.likely_true_bound,
        },
        "limits": [
            f"Judges {_READ[recipe.veracity.family]}, not facts: it cannot know whether a new claim is true.",
            f"Trained on US political statements and viral posts from {years[0]} to {years[1]}, in English.",
            "What fact-checkers choose to check is no fair sample of what people read.",
        ],
        **CARD_WORDS,
    }


_READ = {WORDS: "words", ENCODER: "meaning"}


def _identity(models: FittedModels, recipe: Recipe) -> dict[str, float]:
    """What names do: words that name somebody lose weight until the bound holds; vectors have no such words."""
    if models.by_meaning is not None:
        return {"identity_effect": round(models.identity_effect, 4)}
    return {"share_of_weight": models.identity_share, "max_identity_effect": recipe.veracity.max_identity_effect}


def data_fingerprints(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of the sources, so that a checkpoint can be traced to its data."""
    paths = sorted(path for source in _SOURCES for path in (folder / source).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in paths}
