"""Measuring a checkpoint again after a part of it was built anew: its card tells of the detector that it is now."""

from __future__ import annotations

import logging
from pathlib import Path

from fake_news.data.available import has_set
from fake_news.data.ordinary_text import load_articles
from fake_news.detection.checkpoint import extend_checkpoint
from fake_news.detection.detector import Detector
from fake_news.evaluation.evaluate import evaluate_detector
from fake_news.monitoring.reference import FIELD
from fake_news.reporting.charts import Findings
from fake_news.training.drift_reference import drift_reference

logger = logging.getLogger(__name__)

_ARTICLES = "fakenewsnet"


def measure_again(path: Path, folder: Path) -> Findings:
    """Put into the card what is measured of the detector itself, and the reference that drift is told from.

    What was measured of the recipe stays: it was fitted again for that, without any of this.

    Raises
    ------
    CheckpointError
        If the checkpoint is missing or damaged, or cannot be written.
    """
    detector = Detector.load(path)
    logger.info("Measuring the detector …")
    findings = evaluate_detector(detector, folder)
    found = findings.as_json()
    card = dict(detector.card)
    mark = f"detector {detector.version}"
    card["measures"] = [row for row in card["measures"] if not row["where"].endswith(mark)] + found["rows"]
    titles = {chart["title"] for chart in found["charts"]}
    card["charts"] = [chart for chart in card["charts"] if chart["title"] not in titles] + found["charts"]
    if has_set(folder, _ARTICLES):
        card[FIELD] = drift_reference(detector, load_articles(folder)).as_json()
    extend_checkpoint(path, "card", card, {})
    return findings
