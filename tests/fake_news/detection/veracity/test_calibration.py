"""Platt scaling is a straight line in the logit."""

from __future__ import annotations

import pytest

from fake_news.detection.veracity.calibration import PlattScaling


@pytest.mark.parametrize(("logit", "expected"), [(0.0, -0.5), (1.0, 1.5), (-2.0, -4.5)])
def test_calibrated_logit(logit: float, expected: float) -> None:
    assert PlattScaling(slope=2.0, intercept=-0.5, base_rate=0.5)(logit) == expected
