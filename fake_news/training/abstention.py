"""Thresholds of abstention: the risk bound on later statements, and the false-alarm bound on ordinary text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fake_news.common.arrays import FloatArray
from fake_news.data.statements import Statement
from fake_news.detection.detector import Detector
from fake_news.detection.veracity.abstention import Abstention
from fake_news.statistics.risk_control import false_alarm_threshold, risk_controlled_threshold
from fake_news.training.detector_models import FittedModels
from fake_news.training.recipe import AbstentionRecipe
from fake_news.training.training_sets import texts, truths

SILENT = Abstention(None, None, None)

SUSPECT_BELOW = 0.35
"""Nothing with a greater P(true) is called likely-false, whatever the false-claim score and the bound would allow."""


@dataclass(frozen=True)
class Readings:
    """P(true) and the false-claim score of sentences, shape (sentences,); NaN where the detector judges nothing."""

    probability: FloatArray
    false_claim_score: FloatArray

    def suspects(self, probability_bound: float = SUSPECT_BELOW) -> FloatArray:
        """The negative false-claim score where P(true) is within the bound, infinite elsewhere: low is suspect."""
        low = np.nan_to_num(self.probability, nan=1.0) <= probability_bound
        return np.where(low, -np.nan_to_num(self.false_claim_score, nan=-np.inf), np.inf)


def read(detector: Detector, paragraphs: Sequence[str]) -> Readings:
    """Read every sentence of some paragraphs by a detector."""
    verdicts = [verdict for paragraph in paragraphs for verdict in detector.check(paragraph)]
    return Readings(
        np.array([np.nan if verdict.probability is None else verdict.probability for verdict in verdicts]),
        np.array([np.nan if verdict.false_claim_score is None else verdict.false_claim_score for verdict in verdicts]),
    )


def choose_abstention(
    models: FittedModels, calibration: Sequence[Statement], ordinary: Readings, recipe: AbstentionRecipe
) -> Abstention:
    """Choose the most generous thresholds that keep every bound.

    First the false-claim score that few enough ordinary sentences reach; then, among statements that reach it, the
    P(true) up to which the error is bounded. The two bounds are proven on different sentences, so the first choice
    costs the second no confidence.

    Parameters
    ----------
    models : fitted without the calibration statements
    calibration : later statements with their ratings
    ordinary : sentences that nothing was fitted on, read by the detector that will be served
    """
    statements, true = texts(calibration), truths(calibration)
    probability = models.probabilities(statements)
    score_from = _negative(false_alarm_threshold(ordinary.suspects(), recipe.false_alarm_bound, recipe.confidence))
    raised = np.full(len(true), False) if score_from is None else models.false_claim_scores(statements) >= score_from
    return Abstention(
        risk_controlled_threshold(
            np.where(raised & (probability <= SUSPECT_BELOW), probability, np.inf),
            true,
            recipe.error_bound,
            recipe.confidence,
        ),
        _complement(
            _strictest(
                risk_controlled_threshold(1.0 - probability, ~true, recipe.error_bound, recipe.confidence),
                false_alarm_threshold(
                    1.0 - np.nan_to_num(ordinary.probability, nan=0.0), recipe.likely_true_bound, recipe.confidence
                ),
            )
        ),
        score_from,
    )


def _strictest(*thresholds: float | None) -> float | None:
    proven = [threshold for threshold in thresholds if threshold is not None]
    return min(proven) if len(proven) == len(thresholds) else None


def _complement(threshold: float | None) -> float | None:
    return None if threshold is None else 1.0 - threshold


def _negative(threshold: float | None) -> float | None:
    return None if threshold is None else -threshold
