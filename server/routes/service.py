"""What the server is and how it does: for the extension, for programmers, for monitoring."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, Response, jsonify, request

from server import __version__
from server.access.access_token import asking_user, holder
from server.monitoring.metrics import CONTENT_TYPE
from server.service import Service


def service_routes(service: Service) -> Blueprint:
    """``/api/v1/health``, ``/api/v1/model``, ``/metrics`` and ``/openapi.json``."""
    blueprint = Blueprint("service", __name__)

    @blueprint.get("/api/v1/health")
    def health() -> Response:
        model = service.detector_for(_whoever_asks(service)).version
        return jsonify({"name": "plumbline", "version": __version__, "model": model, "ready": True})

    @blueprint.get("/api/v1/model")
    def model() -> Response:
        return jsonify(service.detector_for(asking_user()).card)

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
    """The user, for a route that needs no token: a client shall hear of the model that judges its checks."""
    token, authorization = service.configuration.access.token, request.headers.get("Authorization")
    if service.split is None or token is None or authorization is None:
        return None  # probes ask without a token, and so never wait for the database
    return holder(authorization, token, service.users)[1]


@cache
def _description() -> dict[str, Any]:
    from server.openapi import description  # few ask; the others need not wait for it to be imported

    return description()
