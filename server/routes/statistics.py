"""Counts of verdicts for the dashboard."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify

from fake_news.monitoring.reference import reference_of
from fake_news.monitoring.traits import Trait
from server.access.access_token import asking_user
from server.judging.shadow import mean_difference
from server.monitoring.drift import drift
from server.service import Service


def statistics_routes(service: Service) -> Blueprint:
    """``/statistics``."""
    blueprint = Blueprint("statistics", __name__, url_prefix="/api/v1")

    @blueprint.get("/statistics")
    def days() -> Response:
        detector = service.detector_for(asking_user())
        reference = reference_of(detector.card)
        return jsonify(
            {
                "model": detector.version,
                "days": [asdict(day) for day in service.statistics.days(detector.fingerprint)],
                "reference": None if reference is None else {"scores": list(reference.histograms[Trait.SCORE])},
                "drift": drift(service, detector),
                "shadow": _shadow(service),
            }
        )

    return blueprint


def _shadow(service: Service) -> dict[str, Any] | None:
    shadow, champion = service.shadow, service.champion
    if shadow is None:
        return None
    agreements = service.statistics.agreements(champion.fingerprint, shadow.detector.fingerprint)
    difference, tally = mean_difference(agreements), shadow.tally
    return {
        "champion": champion.version,
        "shadow": shadow.detector.version,
        "statements": sum(one.count for one in agreements),
        "agreeing": sum(one.count for one in agreements if one.champion_label is one.shadow_label),
        "mean_difference": None if difference is None else round(difference, 6),
        "labels": [
            {"champion": one.champion_label, "shadow": one.shadow_label, "count": one.count} for one in agreements
        ],
        "since_start": asdict(tally),
    }
