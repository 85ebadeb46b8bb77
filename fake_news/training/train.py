"""Training of the detector that ships: its abbreviations, its models, and the texts of its card."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nltk.tokenize.punkt import PunktTrainer

from fake_news.data.collected_rulings import RULINGS
from fake_news.detection.checkpoint import sha256
from fake_news.detection.veracity.abstention import Abstention
from fake_news.training.abstention import SILENT, choose_abstention, read
from fake_news.training.checkpoint_draft import CheckpointDraft, detector_files, detector_in_memory
from fake_news.training.detector_models import FittedModels, fit_models
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

_FEWEST_STARTS = 25

# Abbreviations that are too rare in the training texts, or occur there without their full stop.
_TITLES = frozenset(
    """mr mrs ms dr prof sen sens rep reps gov lt col gen maj capt sgt adm rev hon st pres supt""".split()
)
_OTHERS = frozenset(
    """jr sr vs etc inc corp ltd llc u.s u.k u.n e.u d.c a.m p.m ph.d m.d b.a m.a e.g i.e cf approx dept figs vol
        jan feb apr jun jul aug sep sept oct nov dec ave blvd rd mt ft nos pp eds ala ariz ark calif colo
        conn fla ga ill kan ky md mich minn mont neb nev okla tenn tex vt va wis wyo""".split()
)


def learn_abbreviations(texts: Sequence[str]) -> dict[str, list[str]]:
    """Learn abbreviations, titles and sentence starters for the splitter in :mod:`fake_news.detection.text.sentences`.

    A starter is a word that often begins a text and is not a name: it is mostly written in lower case.
    """
    trainer = PunktTrainer()
    trainer.train("\n".join(texts))
    learned = {
        word for word in trainer.get_params().abbrev_types if word.replace(".", "").isalpha() and 1 < len(word) <= 6
    }
    spellings = Counter(word for text in texts for word in text.split() if word.isalpha())
    starts = Counter(text.lstrip("\"'“‘( ").partition(" ")[0] for text in texts)
    starters = {
        word.lower()
        for word, count in starts.items()
        if count >= _FEWEST_STARTS and word.isalpha() and spellings[word.lower()] > spellings[word.title()]
    }
    return {
        "abbreviations": sorted(learned | _OTHERS | _TITLES),
        "titles": sorted(_TITLES),
        "starters": sorted(starters),
    }


CARD_WORDS: dict[str, Any] = {
    "sources": [
        "LIAR (Wang 2017), train split: statements with PolitiFact's ratings; research use",
        "PolitiFact archive 2007 to 2022, without what is worded like LIAR's validation or test statements; no licence "
        "stated, research use",
        "ClaimBuster (Arslan et al. 2020) and CheckThat! 2024 task 1, train split: debate sentences, claim or not; "
        "GPL-3, free for research",
        "CheckThat! 2025 subjectivity, train split: news sentences, objective or not; CC BY-NC-SA 4.0",
        "FakeNewsNet's PolitiFact articles rated real: ordinary text for the bound on false alarms",
        "No sentence of any of them is in the checkpoint: it holds words, parts of words, and weights",
    ],
    "protocol": [
        "LIAR: fitted on its train split and the archive before 2017, calibrated on its validation split, scored on "
        "its test split",
        "Time: fitted on statements before July 2020, calibrated and thresholds chosen on late 2020, scored on 2021 "
        "and 2022",
        "Shipped: the same recipe on all years, calibrated by a copy that stopped at mid 2021; LIAR's validation and "
        "test statements stay out",
        "Near-duplicates across splits are dropped; intervals are 95 %, from 1,000 bootstrap resamples",
    ],
    "intended_use": [
        "To draw a reader's eye to statements worth checking, on the reader's own machine",
        "To say nothing where words alone do not earn a verdict",
    ],
    "not_for": [
        "Removing, ranking or demoting what people write",
        "Judging people, parties, groups or publishers, or counting how often they lie",
        "Deciding anything in place of a fact-check; other languages, science, finance, medicine, law",
    ],
    "who_can_be_harmed": [
        "Whoever said something true that is called likely-false: most of all speakers whose wording resembles that of "
        "viral posts, and laypeople more than practised politicians",
        "Groups that false rumours were often about: a statement about them may look false because rumours did",
        "Readers who trust likely-true: the label says that the wording is like that of true statements, no more",
        "Whoever is far from the training data: other countries, later years, translated text",
    ],
}
"""Part of every checkpoint's card, and so of what the server answers under ``/api/v1/model``."""


SEED = 0
"""The seed of every random draw in training: the same data give the same bytes."""
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
    """Train the shipped detector on everything but LIAR's validation and test statements.

    Parameters
    ----------
    punkt : sentence-boundary parameters, see :func:`punkt_parameters`
    learned : what the final models are fitted on, if that is more than the corpus: feedback is not a random sample, so
        nothing is calibrated and no threshold chosen on it
    """
    past = shipped_calibration_protocol(corpus)
    logger.info("Fitting on %d statements, to calibrate on %d others …", len(past.train), len(past.calibration))
    past_models = fit_models(corpus, past, recipe)
    learned = learned or corpus
    everything = shipped_protocol(learned)
    logger.info("Fitting on all %d statements …", len(everything.train))
    models = fit_models(learned, everything, recipe, past_models.calibration)
    logger.info("Choosing the thresholds of abstention …")
    ordinary = read(detector_in_memory(models, SILENT, punkt), beginnings(articles_to_choose_on(corpus)))
    abstention = choose_abstention(past_models, past.calibration, ordinary, recipe.abstention)
    specification, files = detector_files(models, abstention, punkt)
    card = _card(version, learned, models, abstention, recipe, float(truths(past.calibration).mean()))
    return CheckpointDraft({"version": version, **specification, "recipe": recipe.as_json(), "card": card}, files)


def punkt_parameters(corpus: Corpus) -> dict[str, list[str]]:
    """Learn abbreviations and sentence starters from debates, statements and articles."""
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
            "false_claim_score_from": abstention.false_claim_score_from,
            "error_bound": recipe.abstention.error_bound,
            "confidence": recipe.abstention.confidence,
            "false_alarm_bound": recipe.abstention.false_alarm_bound,
            "likely_true_bound": recipe.abstention.likely_true_bound,
        },
        "limits": [
            f"Judges {_READ[recipe.veracity.family]}, not facts: it cannot know whether a new claim is true.",
            f"Trained on US political statements and viral posts from {years[0]} to {years[1]}, in English.",
            "What fact-checkers choose to check is not a fair sample of what people read.",
        ],
        **CARD_WORDS,
    }


_READ = {WORDS: "words", ENCODER: "meaning"}


def _identity(models: FittedModels, recipe: Recipe) -> dict[str, float]:
    """The card's entry on names: words lose weight until the bound holds; vectors have no words to restrain."""
    if models.by_meaning is not None:
        return {"identity_effect": round(models.identity_effect, 4)}
    return {"share_of_weight": models.identity_share, "max_identity_effect": recipe.veracity.max_identity_effect}


def data_fingerprints(folder: Path) -> dict[str, str]:
    """Compute the SHA-256 of every file of the sources, so that a checkpoint can be traced to its data."""
    paths = sorted(path for source in _SOURCES for path in (folder / source).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()) for path in paths}
