"""What the server is and how it does: for the extension, for programmers, for monitoring, for the dashboard."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

from flask import Blueprint, Response, jsonify, request

from fake_news.detection.detector import Detector
from fake_news.monitoring.drift import compare
from fake_news.monitoring.reference import reference_of
from fake_news.monitoring.traits import Trait
from server import __version__
from server.access.access_token import asking_user, holder
from server.judging.shadow import mean_difference
from server.monitoring.metrics import CONTENT_TYPE
from server.service import Service


def service_routes(service: Service) -> Blueprint:
    """Make the routes ``/health``, ``/model``, ``/statistics``, ``/metrics`` and ``/openapi.json``."""
    blueprint = Blueprint("service", __name__)

    @blueprint.get("/api/v1/health")
    def health() -> Response:
        model = service.detector_for(_whoever_asks(service)).version
        return jsonify({"name": "plumbline", "version": __version__, "model": model, "ready": True})

    @blueprint.get("/api/v1/model")
    def model() -> Response:
        return jsonify(service.detector_for(asking_user()).card)

    @blueprint.get("/api/v1/statistics")
    def statistics() -> Response:
        detector = service.detector_for(asking_user())
        reference = reference_of(detector.card)
        return jsonify(
            {
                "model": detector.version,
                "days": [asdict(day) for day in service.statistics.days(detector.fingerprint)],
                "reference": None if reference is None else {"scores": list(reference.histograms[Trait.SCORE])},
                "drift": _drift(service, detector),
                "shadow": _shadow(service),
            }
        )

    @blueprint.get("/metrics")
    def metrics() -> Response:
        model = service.champion.version
        others = {}
        if service.shadow:
            others["shadow"] = service.shadow.detector.version
        if service.split:
            others["challenger"] = service.split.challenger.current.version
        text = service.metrics.text(model, others)
        return Response(text, content_type=CONTENT_TYPE)

    @blueprint.get("/openapi.json")
    def openapi() -> Response:
        return jsonify(_description())

    return blueprint


def _whoever_asks(service: Service) -> str | None:
    """Find the user on a route that needs no token: a client should see the model that judges its checks."""
    token, authorization = service.configuration.access.token, request.headers.get("Authorization")
    if service.split is None or token is None or authorization is None:
        return None  # probes ask without a token, and so never wait for the database
    return holder(authorization, token, service.users)[1]


@cache
def _description() -> dict[str, Any]:
    from server.openapi import description  # rarely used, so imported late

    return description()


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


def _drift(service: Service, detector: Detector) -> dict[str, Any] | None:
    """Compare the window with the reference, with counts and thresholds; ``None`` where there is no reference.

    Raises
    ------
    DatabaseError
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
