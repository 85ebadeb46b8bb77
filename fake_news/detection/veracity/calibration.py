"""From a model's raw logit to a probability that means what it says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlattScaling:
    """Calibrated logit = slope · logit + intercept (Platt 1999, "Probabilistic outputs for support vector machines").

    ``base_rate`` is the share of true statements to which the probabilities are calibrated.
    """

    slope: float
    intercept: float
    base_rate: float

    def __call__(self, logit: float) -> float:
        return self.slope * logit + self.intercept
