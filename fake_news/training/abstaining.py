"""Choosing when the detector speaks: the risk bound on later statements, and the false-alarm bound on ordinary text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fake_news.data.statements import Statement
from fake_news.detector import Detector
from fake_news.text.features import Floats
from fake_news.training.models import FittedModels
from fake_news.training.recipe import AbstentionRecipe
from fake_news.training.risk_control import false_alarm_threshold, risk_controlled_threshold
from fake_news.training.training_sets import texts, truths
from fake_news.veracity.abstention import Abstention

_SENTENCES_PER_ARTICLE = 40

SILENT = Abstention(None, None)


def ordinary_sentences(articles: Sequence[Sequence[str]]) -> list[str]:
    """The first paragraphs of articles, up to some 40 sentences each, so that no long document outweighs the rest."""
    return [paragraph for article in articles for paragraph in list(article)[:_SENTENCES_PER_ARTICLE]]


def probabilities_of_ordinary_text(detector: Detector, paragraphs: Sequence[str]) -> Floats:
    """P(true) of every sentence in ``paragraphs``; NaN where the detector judges nothing."""
    verdicts = [verdict for paragraph in paragraphs for verdict in detector.check(paragraph)]
    return np.array([np.nan if verdict.probability is None else verdict.probability for verdict in verdicts])


def choose_abstention(
    models: FittedModels, calibration: Sequence[Statement], ordinary: Floats, recipe: AbstentionRecipe
) -> Abstention:
    """The most generous thresholds that keep every bound.

    Parameters
    ----------
    models : fitted without the calibration statements
    calibration : later statements with their ratings
    ordinary : P(true) of ordinary sentences under the detector that will be served, NaN where it judges nothing
    """
    probability, true = models.probabilities(texts(calibration)), truths(calibration)
    return Abstention(
        _strictest(
            risk_controlled_threshold(probability, true, recipe.error_bound, recipe.confidence),
            false_alarm_threshold(np.nan_to_num(ordinary, nan=1.0), recipe.false_alarm_bound, recipe.confidence),
        ),
        _complement(
            _strictest(
                risk_controlled_threshold(1.0 - probability, ~true, recipe.error_bound, recipe.confidence),
                false_alarm_threshold(
                    1.0 - np.nan_to_num(ordinary, nan=0.0), recipe.unearned_praise_bound, recipe.confidence
                ),
            )
        ),
    )


def _strictest(*thresholds: float | None) -> float | None:
    proven = [threshold for threshold in thresholds if threshold is not None]
    return min(proven) if len(proven) == len(thresholds) else None


def _complement(threshold: float | None) -> float | None:
    return None if threshold is None else 1.0 - threshold
