"""The thresholds keep both bounds, and ordinary text is what the served detector makes of it."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from fake_news.data.statements import Statement
from fake_news.detector import Detector
from fake_news.text.features import Floats
from fake_news.training.abstaining import choose_abstention, ordinary_sentences, probabilities_of_ordinary_text
from fake_news.training.models import FittedModels
from fake_news.training.recipe import AbstentionRecipe

RECIPE = AbstentionRecipe(error_bound=0.25, confidence=0.9, false_alarm_bound=0.01, unearned_praise_bound=0.05)


class KnowsProbabilities:
    """Fitted models that read P(true) off the statement."""

    def probabilities(self, statements: list[str]) -> Floats:
        return np.array([float(text) for text in statements])


MODELS = cast(FittedModels, KnowsProbabilities())


def calibration(informative: bool = True) -> list[Statement]:
    """600 statements whose P(true) is right nine times in ten, or says nothing."""
    random = np.random.default_rng(0)
    probabilities = random.random(600)
    right = random.random(600) < 0.9
    true = ((probabilities > 0.5) == right) if informative else random.random(600) < 0.5
    return [Statement(str(p), "true" if t else "false", "") for p, t in zip(probabilities, true, strict=True)]


def test_every_bound_holds_and_the_strictest_decides() -> None:
    nothing_judged = np.full(2000, np.nan)
    by_risk = choose_abstention(MODELS, calibration(), nothing_judged, RECIPE)
    assert by_risk.likely_false_below is not None
    assert by_risk.likely_true_above is not None
    assert 0.25 < by_risk.likely_false_below < 0.55
    assert 0.45 < by_risk.likely_true_above < 0.75

    alarming = np.concatenate([np.full(5, 0.05), np.linspace(0.3, 0.5, 1995)])
    by_alarms = choose_abstention(MODELS, calibration(), alarming, RECIPE)
    assert by_alarms.likely_false_below is not None
    assert 0.05 < by_alarms.likely_false_below < by_risk.likely_false_below
    assert np.mean(alarming <= by_alarms.likely_false_below) <= RECIPE.false_alarm_bound
    assert by_alarms.likely_true_above == by_risk.likely_true_above

    praised = np.concatenate([np.linspace(0.56, 0.8, 1900), np.full(100, 0.95)])
    by_praise = choose_abstention(MODELS, calibration(), praised, RECIPE)
    assert by_praise.likely_true_above is not None
    assert by_risk.likely_true_above < by_praise.likely_true_above < 1.0
    assert np.mean(praised >= by_praise.likely_true_above) <= RECIPE.unearned_praise_bound
    assert by_praise.likely_false_below == by_risk.likely_false_below


def test_what_cannot_be_proven_is_not_said() -> None:
    silent = choose_abstention(MODELS, calibration(informative=False), np.full(2000, np.nan), RECIPE)
    assert (silent.likely_false_below, silent.likely_true_above) == (None, None)
    few_ordinary = choose_abstention(MODELS, calibration(), np.full(10, np.nan), RECIPE)
    assert (few_ordinary.likely_false_below, few_ordinary.likely_true_above) == (None, None)
    some_ordinary = choose_abstention(MODELS, calibration(), np.full(100, np.nan), RECIPE)
    assert some_ordinary.likely_false_below is None
    assert some_ordinary.likely_true_above is not None


def test_no_long_document_outweighs_the_rest() -> None:
    assert ordinary_sentences([["One."] * 500, [], ["Two.", "Three."]]) == [*["One."] * 40, "Two.", "Three."]


def test_what_is_not_judged_has_no_probability(detector: Detector) -> None:
    paragraphs = [
        "Photo shows that COVID-19 vaccines contain microchips that track people. Good morning, everybody!",
        "Der Bürgermeister hat die Brücke gestern wieder geöffnet.",
        "",
    ]
    [claim, greeting, foreign] = probabilities_of_ordinary_text(detector, paragraphs)
    assert claim == pytest.approx(detector.check(paragraphs[0])[0].probability)
    assert np.isnan([greeting, foreign]).all()
