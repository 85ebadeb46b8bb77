"""The reference that drift is measured against: what a finished detector makes of articles it was not fitted on."""

from __future__ import annotations

from fake_news.detection.detector import Detector
from fake_news.monitoring.reference import Reference
from fake_news.monitoring.traits import Trait, histograms_of, observe
from fake_news.training.training_sets import beginnings, half_to_choose_on


def drift_reference(detector: Detector, articles: list[list[str]]) -> Reference:
    """Let a detector, fact-checks included, read the beginnings of the articles that its thresholds were chosen on.

    Parameters
    ----------
    articles : all ordinary articles, as paragraphs
    """
    chosen = half_to_choose_on(articles)
    texts = [
        histograms_of(
            [observe(verdict) for paragraph in beginnings([article]) for verdict in detector.check(paragraph)]
        )
        for article in chosen
    ]
    read = sum(sum(text[Trait.LENGTH]) for text in texts)
    return Reference.of(f"{read:,} sentences of {len(chosen):,} ordinary articles", texts)
