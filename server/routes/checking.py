"""Judging text: checks, the influence of words, the search for fact-checks, and the opinion of a language model."""

from __future__ import annotations

import time
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request

from fake_news.detection.answer import influence_answer, search_answer
from server.access.access_token import asking_user
from server.errors import RequestError
from server.http.channel import ARRIVED, IS_WANTED
from server.judging.checker import deadline_for
from server.schemas.check import EXAMPLE as CHECK_EXAMPLE
from server.schemas.check import MOST_FOUND, SEARCH_EXAMPLE, CheckRequest, FactCheckSearch
from server.schemas.statement import EXAMPLE as STATEMENT_EXAMPLE
from server.schemas.statement import JudgeRequest, StatementRequest, place_of
from server.schemas.validation import read_json
from server.service import Service


def checking_routes(service: Service) -> Blueprint:
    """Make the routes ``/check``, ``/influence``, ``/fact-checks`` and ``/judge``."""
    blueprint = Blueprint("checking", __name__, url_prefix="/api/v1")

    @blueprint.post("/check")
    def check() -> Response:
        deadline = deadline_for(request.environ.get(ARRIVED, time.monotonic()))
        blocks = read_json(request, CheckRequest, CHECK_EXAMPLE).blocks
        with service.queue.turn(deadline):
            answer = service.checker_for(asking_user()).answer([(block.id, block.text) for block in blocks], deadline)
        return Response(answer, mimetype="application/json")

    @blueprint.post("/influence")
    def influence() -> Response:
        deadline = deadline_for(request.environ.get(ARRIVED, time.monotonic()))
        asked = read_json(request, StatementRequest, STATEMENT_EXAMPLE)
        detector = service.detector_for(asking_user())
        with service.queue.turn(deadline):
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

    @blueprint.get("/judge")
    def judge_state() -> Response:
        model = service.language_model
        return jsonify({"judge": model.state(service.loaded_for(asking_user())) if model else None})

    @blueprint.post("/judge")
    def judge() -> Response:
        asked = read_json(request, JudgeRequest, STATEMENT_EXAMPLE)
        model = service.language_model
        if model is None:
            raise RequestError(
                HTTPStatus.NOT_FOUND,
                "no-judge",
                "This server asks no language model.",
                "Start it with --judge URL --judge-model NAME; docs/judge.md says how.",
            )
        if not model.endpoint.is_loopback and asked.judge != model.endpoint.origin:
            raise RequestError(
                HTTPStatus.CONFLICT,
                "other-judge",
                "Another language model would be asked than the one that was agreed to.",
                "GET /api/v1/judge says which. Send its address along if the text may go there.",
            )
        is_wanted = request.environ.get(IS_WANTED, lambda: True)
        answer = model.ask(service.loaded_for(asking_user()), asked.text, asked.start, asked.end, is_wanted)
        return Response(answer, mimetype="application/json")

    return blueprint
