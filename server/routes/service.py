"""What the server is and how it does: for the extension, for programmers, for monitoring."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, Response, jsonify

from server import __version__
from server.metrics import CONTENT_TYPE
from server.service import Service


def service_routes(service: Service) -> Blueprint:
    """``/api/v1/health``, ``/api/v1/model``, ``/metrics`` and ``/openapi.json``."""
    blueprint = Blueprint("service", __name__)

    @blueprint.get("/api/v1/health")
    def health() -> Response:
        model = service.detector.loaded.detector.version
        return jsonify({"name": "plumbline", "version": __version__, "model": model, "ready": True})

    @blueprint.get("/api/v1/model")
    def model() -> Response:
        return jsonify(service.detector.loaded.detector.card)

    @blueprint.get("/metrics")
    def metrics() -> Response:
        model = service.detector.loaded.detector.version
        text = service.metrics.text(model, service.shadow.detector.version if service.shadow else None)
        return Response(text, content_type=CONTENT_TYPE)

    @blueprint.get("/openapi.json")
    def openapi() -> Response:
        return jsonify(_description())

    return blueprint


@cache
def _description() -> dict[str, Any]:
    from server.openapi import description  # few ask; the others need not wait for it to be imported

    return description()
