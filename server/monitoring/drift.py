"""Whether what is checked still looks like what a checkpoint was measured with, for the dashboard."""

from __future__ import annotations

from typing import Any

from fake_news.detection.detector import Detector
from fake_news.monitoring.drift import compare
from fake_news.monitoring.reference import reference_of
from server.service import Service


def drift(service: Service, detector: Detector) -> dict[str, Any] | None:
    """The comparison, what it was made from, and the thresholds; ``None`` where the checkpoint has no reference.

    Raises
    ------
    StorageError
        If the counts cannot be read.
    """
    thresholds = service.thresholds
    reference = reference_of(detector.card)
    if reference is None:
        return None
    window = service.statistics.window(detector.fingerprint, thresholds.days)
    found = compare(reference, window, thresholds).as_json()
    for one in found["traits"]:
        trait = one["trait"]
        bounds = thresholds.traits[trait]
        one |= {
            "observed": list(window[trait]),
            "reference": list(reference.histograms[trait]),
            "changed_from": bounds.changed_from,
            "drifted_from": bounds.drifted_from,
        }
    return {"model": detector.version, "days": thresholds.days, "reference": reference.text, **found}
