"""Adding the reference that drift is measured against to a checkpoint."""

from __future__ import annotations

from pathlib import Path

from fake_news.data.ordinary_text import load_articles
from fake_news.detection.checkpoint import extend_checkpoint, read_checkpoint
from fake_news.detection.detector import Detector
from fake_news.monitoring.reference import FIELD, Reference
from fake_news.training.checkpoint_draft import drift_reference

_EARLIER_FIELD = "reference_scores"


def make_reference(checkpoint: Path, data_folder: Path) -> Reference:
    """Add to a checkpoint's card what it makes of ordinary articles; the model is unchanged.

    Raises
    ------
    PlumblineError
        If the checkpoint is damaged or cannot be written, or the articles are missing.
    """
    card = read_checkpoint(checkpoint).model["card"]
    reference = drift_reference(Detector.load(checkpoint), load_articles(data_folder))
    kept = {name: value for name, value in card.items() if name != _EARLIER_FIELD}
    extend_checkpoint(checkpoint, "card", {**kept, FIELD: reference.as_json()}, {})
    return reference
