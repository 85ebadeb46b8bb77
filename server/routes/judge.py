"""A language model's word on a statement: asked for after the verdict, so that nothing waits for it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request

from server.access.access_token import asking_user
from server.errors import RequestError
from server.http.channel import IS_WANTED
from server.schemas.judge import JudgeRequest
from server.schemas.reading import read_json
from server.schemas.statement import EXAMPLE
from server.service import Service


def judge_routes(service: Service) -> Blueprint:
    """``/judge``."""
    blueprint = Blueprint("judge", __name__, url_prefix="/api/v1")

    @blueprint.get("/judge")
    def state() -> Response:
        reader = service.second_reader
        return jsonify({"judge": reader.state(service.loaded_for(asking_user())) if reader else None})

    @blueprint.post("/judge")
    def judge() -> Response:
        asked = read_json(request, JudgeRequest, EXAMPLE)
        reader = service.second_reader
        if reader is None:
            raise RequestError(
                HTTPStatus.NOT_FOUND,
                "no-judge",
                "This server asks no language model.",
                "Start it with --judge URL --judge-model NAME; docs/judge.md says how.",
            )
        if not reader.endpoint.is_loopback and asked.judge != reader.endpoint.origin:
            raise RequestError(
                HTTPStatus.CONFLICT,
                "other-judge",
                "Another language model would be asked than the one that was agreed to.",
                "GET /api/v1/judge says which. Send its address along if the text may go there.",
            )
        is_wanted = request.environ.get(IS_WANTED, lambda: True)
        answer = reader.read(service.loaded_for(asking_user()), asked.text, asked.start, asked.end, is_wanted)
        return Response(answer, mimetype="application/json")

    return blueprint
