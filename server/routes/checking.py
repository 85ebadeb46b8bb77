"""Judging text."""

from __future__ import annotations

import time

from flask import Blueprint, Response, jsonify, request

from fake_news.detection.answer import placed
from fake_news.detection.factchecks.title import links_to, title_of_address
from server.access.access_token import asking_user
from server.http.channel import ARRIVED
from server.judging.blocks import deadline_for
from server.judging.statement_place import place_of
from server.schemas.check import EXAMPLE, CheckRequest
from server.schemas.fact_checks import EXAMPLE as SEARCH_EXAMPLE
from server.schemas.fact_checks import MOST_FOUND, FactCheckSearch
from server.schemas.reading import read_json
from server.schemas.statement import EXAMPLE as STATEMENT_EXAMPLE
from server.schemas.statement import StatementRequest
from server.service import Service


def checking_routes(service: Service) -> Blueprint:
    """``/check``, ``/influence`` and ``/fact-checks``."""
    blueprint = Blueprint("checking", __name__, url_prefix="/api/v1")

    @blueprint.post("/check")
    def check() -> Response:
        deadline = deadline_for(request.environ.get(ARRIVED, time.monotonic()))
        blocks = read_json(request, CheckRequest, EXAMPLE).blocks
        with service.gate.turn(deadline):
            answer = service.judge_for(asking_user()).answer([(block.id, block.text) for block in blocks], deadline)
        return Response(answer, mimetype="application/json")

    @blueprint.post("/influence")
    def influence() -> Response:
        deadline = deadline_for(request.environ.get(ARRIVED, time.monotonic()))
        asked = read_json(request, StatementRequest, STATEMENT_EXAMPLE)
        detector = service.loaded_for(asking_user()).detector
        with service.gate.turn(deadline):
            verdicts = detector.check(asked.text)
            verdict = verdicts[place_of(asked.text, verdicts, asked.start, asked.end)]
            found = detector.influence(asked.text[verdict.start : verdict.end], verdict.label)
        return jsonify({"model": detector.version, "influence": placed(asked.text, found, verdict.start)})

    @blueprint.get("/fact-checks")
    def fact_checks() -> Response:
        detector = service.loaded_for(asking_user()).detector
        publishers = [{"publisher": name, "count": count} for name, count in detector.fact_check_publishers().items()]
        return jsonify({**detector.fact_checks, "publishers": publishers})

    @blueprint.post("/fact-checks/search")
    def search_fact_checks() -> Response:
        asked = read_json(request, FactCheckSearch, SEARCH_EXAMPLE)
        found = service.loaded_for(asking_user()).detector.search_fact_checks(asked.words, MOST_FOUND)
        return jsonify(
            {
                "fact_checks": [
                    {
                        "publisher": fact_check.publisher,
                        "rating": fact_check.rating,
                        "label": fact_check.label,
                        "speaker": fact_check.speaker,
                        "date": fact_check.date,
                        "url": fact_check.url,
                        "title": title_of_address(fact_check.url),
                        "links_to": links_to(fact_check.url),
                        "claim": claim,
                    }
                    for fact_check, claim in found
                ]
            }
        )

    return blueprint
