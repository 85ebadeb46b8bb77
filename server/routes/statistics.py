"""Counts of verdicts for the dashboard."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from server.drift import reference_scores
from server.service import Service
from server.statistics import drift


def statistics_routes(service: Service) -> Blueprint:
    """``/statistics``."""
    blueprint = Blueprint("statistics", __name__, url_prefix="/api/v1")

    @blueprint.get("/statistics")
    def days() -> Response:
        counted = service.statistics.days()
        reference = reference_scores(service.detector.loaded.detector.card)
        return jsonify(
            {
                "days": [asdict(day) for day in counted],
                "reference": None if reference is None else {"scores": reference},
                "drift": drift(counted, reference),
            }
        )

    return blueprint
