"""The thresholds keep both bounds, and ordinary text is what the served detector makes of it."""

from __future__ import annotations

from typing import cast

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.data.statements import Statement
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Label
from fake_news.training.abstention import SUSPECT_BELOW, Readings, choose_abstention, read
from fake_news.training.detector_models import FittedModels
from fake_news.training.recipe import AbstentionRecipe

RECIPE = AbstentionRecipe(error_bound=0.25, confidence=0.9, false_alarm_bound=0.01, likely_true_bound=0.05)


class KnowsProbabilities:
    """Fitted models that read P(true) off the statement; the less true, the more suspicious."""

    def probabilities(self, statements: list[str]) -> FloatArray:
        return np.array([float(text) for text in statements])

    def false_claim_scores(self, statements: list[str]) -> FloatArray:
        return -self.probabilities(statements)


MODELS = cast(FittedModels, KnowsProbabilities())
NOTHING_JUDGED = Readings(np.full(2000, np.nan), np.full(2000, np.nan))


def calibration(informative: bool = True) -> list[Statement]:
    """600 statements whose P(true) is right nine times in ten, or says nothing."""
    random = np.random.default_rng(0)
    probabilities = random.random(600)
    right = random.random(600) < 0.9
    true = ((probabilities > 0.5) == right) if informative else random.random(600) < 0.5
    return [Statement(str(p), "true" if t else "false", "") for p, t in zip(probabilities, true, strict=True)]


def read_as(probabilities: FloatArray) -> Readings:
    """Ordinary sentences with these P(true), each as suspicious as it is untrue."""
    return Readings(probabilities, -probabilities)


def test_every_bound_holds_and_the_strictest_decides() -> None:
    by_risk = choose_abstention(MODELS, calibration(), NOTHING_JUDGED, RECIPE)
    assert by_risk.likely_false_below is not None
    assert by_risk.likely_true_above is not None
    assert by_risk.false_claim_score_from is not None
    assert 0.25 < by_risk.likely_false_below <= SUSPECT_BELOW
    assert 0.45 < by_risk.likely_true_above < 0.75
    assert (
        by_risk.false_claim_score_from < -1e9
    )  # no ordinary sentence is judged: the false-claim score does not matter

    alarming = np.concatenate([np.full(5, 0.05), np.linspace(0.2, 0.5, 1995)])
    by_alarms = choose_abstention(MODELS, calibration(), read_as(alarming), RECIPE)
    assert by_alarms.false_claim_score_from is not None
    assert -0.25 < by_alarms.false_claim_score_from < -0.05
    assert np.mean(-alarming >= by_alarms.false_claim_score_from) <= RECIPE.false_alarm_bound
    assert by_alarms.likely_true_above == by_risk.likely_true_above
    assert by_alarms.label(0.22, -0.22) is Label.UNSURE
    assert by_alarms.label(0.1, -0.1) is Label.LIKELY_FALSE

    praised = np.concatenate([np.linspace(0.56, 0.8, 1900), np.full(100, 0.95)])
    by_praise = choose_abstention(MODELS, calibration(), read_as(praised), RECIPE)
    assert by_praise.likely_true_above is not None
    assert by_risk.likely_true_above < by_praise.likely_true_above < 1.0
    assert np.mean(praised >= by_praise.likely_true_above) <= RECIPE.likely_true_bound
    assert by_praise.likely_false_below == by_risk.likely_false_below


def test_what_cannot_be_proven_is_not_said() -> None:
    silent = choose_abstention(MODELS, calibration(informative=False), NOTHING_JUDGED, RECIPE)
    assert (silent.likely_false_below, silent.likely_true_above) == (None, None)
    few_ordinary = choose_abstention(MODELS, calibration(), read_as(np.full(10, np.nan)), RECIPE)
    assert (few_ordinary.false_claim_score_from, few_ordinary.likely_true_above) == (None, None)
    assert few_ordinary.label(0.0, 99.0) is Label.UNSURE
    some_ordinary = choose_abstention(MODELS, calibration(), read_as(np.full(100, np.nan)), RECIPE)
    assert some_ordinary.false_claim_score_from is None
    assert some_ordinary.likely_true_above is not None


def test_only_what_is_probably_false_is_suspect() -> None:
    readings = Readings(np.array([0.1, SUSPECT_BELOW, 0.9, np.nan]), np.array([3.0, -2.0, 5.0, np.nan]))
    assert readings.suspects().tolist() == [-3.0, 2.0, np.inf, np.inf]
    assert readings.suspects(0.9).tolist() == [-3.0, 2.0, -5.0, np.inf]


def test_what_is_not_judged_has_no_probability(detector: Detector) -> None:
    paragraphs = [
        "The county counted 1,200 more mail ballots in 2020 than in 2016. Good morning, everybody!",
        "Der Bürgermeister hat die Brücke gestern wieder geöffnet.",
        "",
    ]
    readings = read(detector, paragraphs)
    verdict = detector.check(paragraphs[0])[0]
    assert readings.probability[0] == verdict.probability
    assert readings.false_claim_score[0] == verdict.false_claim_score
    assert np.isnan([*readings.probability[1:], *readings.false_claim_score[1:]]).all()
    assert readings.probability.shape == readings.false_claim_score.shape == (3,)
