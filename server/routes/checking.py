"""Judging text."""

from __future__ import annotations

import time

from flask import Blueprint, Response, jsonify, request

from fake_news.detection.answer import influence_answer, search_answer
from server.access.access_token import asking_user
from server.http.channel import ARRIVED
from server.judging.blocks import deadline_for
from server.schemas.check import EXAMPLE, CheckRequest
from server.schemas.fact_checks import EXAMPLE as SEARCH_EXAMPLE
from server.schemas.fact_checks import MOST_FOUND, FactCheckSearch
from server.schemas.reading import read_json
from server.schemas.statement import EXAMPLE as STATEMENT_EXAMPLE
from server.schemas.statement import StatementRequest, place_of
from server.service import Service


def checking_routes(service: Service) -> Blueprint:
    """``/check``, ``/influence`` and ``/fact-checks``."""
    blueprint = Blueprint("checking", __name__, url_prefix="/api/v1")

    @blueprint.post("/check")
    def check() -> Response:
        deadline = deadline_for(request.environ.get(ARRIVED, time.monotonic()))
        blocks = read_json(request, CheckRequest, EXAMPLE).blocks
        with service.gate.turn(deadline):
            answer = service.checker_for(asking_user()).answer([(block.id, block.text) for block in blocks], deadline)
        return Response(answer, mimetype="application/json")

    @blueprint.post("/influence")
    def influence() -> Response:
        deadline = deadline_for(request.environ.get(ARRIVED, time.monotonic()))
        asked = read_json(request, StatementRequest, STATEMENT_EXAMPLE)
        detector = service.detector_for(asking_user())
        with service.gate.turn(deadline):
            verdicts = detector.check(asked.text)
            verdict = verdicts[place_of(asked.text, verdicts, asked.start, asked.end)]
            answer = influence_answer(detector, asked.text, verdict)
        return jsonify(answer)

    @blueprint.get("/fact-checks")
    def fact_checks() -> Response:
        detector = service.detector_for(asking_user())
        publishers = [{"publisher": name, "count": count} for name, count in detector.fact_check_publishers().items()]
        return jsonify({**detector.fact_checks, "publishers": publishers})

    @blueprint.post("/fact-checks/search")
    def search_fact_checks() -> Response:
        asked = read_json(request, FactCheckSearch, SEARCH_EXAMPLE)
        found = service.detector_for(asking_user()).search_fact_checks(asked.words, MOST_FOUND)
        return jsonify(search_answer(found))

    return blueprint
