"""Judging text."""

from __future__ import annotations

import time

from flask import Blueprint, Response, jsonify, request

from server.channel import ARRIVED
from server.judging import deadline_for
from server.schemas.check import EXAMPLE, CheckRequest
from server.schemas.reading import read_json
from server.service import Service


def checking_routes(service: Service) -> Blueprint:
    """``/check`` and ``/fact-checks``."""
    blueprint = Blueprint("checking", __name__, url_prefix="/api/v1")

    @blueprint.post("/check")
    def check() -> Response:
        deadline = deadline_for(request.environ.get(ARRIVED, time.monotonic()))
        blocks = read_json(request, CheckRequest, EXAMPLE).blocks
        answer = service.judge.answer([(block.id, block.text) for block in blocks], deadline)
        return Response(answer, mimetype="application/json")

    @blueprint.get("/fact-checks")
    def fact_checks() -> Response:
        return jsonify({**service.detector.loaded.detector.fact_checks, "publishers": []})

    return blueprint
