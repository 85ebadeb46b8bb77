"""The shipped detector, as readers get it."""

from __future__ import annotations

import pytest

from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector


@pytest.fixture(scope="session")
def detector() -> Detector:
    """The shipped detector."""
    return Detector.load(current_checkpoint())
