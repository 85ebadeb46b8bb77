"""From a model's log-odds to probabilities: Platt scaling to an even base rate, on statements it has not seen."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from fake_news.common.arrays import BoolArray, FloatArray
from fake_news.detection.veracity.abstention import PlattScaling

EVEN_BASE_RATE = 0.5


def expit(logits: FloatArray) -> FloatArray:
    """Logistic function of an array."""
    probabilities: FloatArray = 0.5 * (1.0 + np.tanh(0.5 * logits))
    return probabilities


def fit_platt_scaling(logits: FloatArray, true: BoolArray) -> PlattScaling:
    """Calibrate log-odds to an even base rate (Platt 1999).

    Parameters
    ----------
    logits : (statements,) of statements that the model was not fitted on
    true : (statements,)
    """
    platt = LogisticRegression(C=1e6, class_weight="balanced").fit(logits.reshape(-1, 1), true)
    return PlattScaling(float(platt.coef_[0, 0]), float(platt.intercept_[0]), EVEN_BASE_RATE)


def calibrated(logits: FloatArray, scaling: PlattScaling) -> FloatArray:
    """P(true) by a calibration that was fitted, shape of ``logits``."""
    return expit(scaling.slope * logits + scaling.intercept)


def cross_calibrated(logits: FloatArray, true: BoolArray, folds: int) -> FloatArray:
    """P(true) of statements, each calibrated on the other folds, so that the calibration can be measured on them."""
    probabilities = np.empty(len(true))
    for fitted, held_out in StratifiedKFold(folds, shuffle=True, random_state=0).split(logits, true):
        probabilities[held_out] = calibrated(logits[held_out], fit_platt_scaling(logits[fitted], true[fitted]))
    return clipped(probabilities)


def clipped(probabilities: FloatArray) -> FloatArray:
    """Keep probabilities off 0 and 1, whose logarithm is infinite."""
    return np.clip(probabilities, 1e-9, 1.0 - 1e-9)
