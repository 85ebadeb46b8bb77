"""A reader's feedback: given, listed, taken away, deleted."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request

from server.errors import RequestError, from_status
from server.schemas.feedback import EXAMPLE, FeedbackQuery, FeedbackRequest
from server.schemas.reading import read_json, read_query
from server.service import Service
from server.storage.records import Feedback, NewFeedback

_FIELDS = ("id", "created", "statement", "label", "correction", "comment", "source_url")
_LARGEST_ID = 2**63 - 1
# What a spreadsheet takes for a formula, and would calculate: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def feedback_routes(service: Service) -> Blueprint:
    """``/feedback`` and what lies below it."""
    blueprint = Blueprint("feedback", __name__, url_prefix="/api/v1/feedback")
    storage = service.storage

    @blueprint.post("")
    def add() -> tuple[Response, int]:
        body = read_json(request, FeedbackRequest, EXAMPLE)
        feedback = NewFeedback(body.statement, body.label.value, body.correction.value, body.comment, body.source_url)
        return jsonify({"id": storage.database().add_feedback(feedback)}), HTTPStatus.CREATED

    @blueprint.get("")
    def page() -> Response:
        query = read_query(request, FeedbackQuery)
        database = storage.database()
        part = database.feedback(query.limit, query.offset)
        return jsonify({"feedback": [_ordered(feedback) for feedback in part], "total": database.feedback_count()})

    @blueprint.get("/export")
    def export() -> Response:
        form = request.args.get("format", "json")
        if form not in ("csv", "json"):
            raise RequestError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "invalid-request",
                "Feedback is exported as csv or json.",
                "Ask for ?format=csv or ?format=json.",
            )
        everything = storage.database().feedback()
        if form == "csv":
            response = Response(_csv(everything), mimetype="text/csv")
        else:
            response = jsonify({"feedback": [_ordered(feedback) for feedback in everything], "total": len(everything)})
        response.headers["Content-Disposition"] = f'attachment; filename="plumbline-feedback.{form}"'
        return response

    @blueprint.delete(f"/<int(max={_LARGEST_ID}):feedback_id>")
    def delete(feedback_id: int) -> Response:
        if not storage.database().delete_feedback(feedback_id):
            raise from_status(HTTPStatus.NOT_FOUND)
        return jsonify({"deleted": 1})

    @blueprint.delete("")
    def delete_all() -> Response:
        return jsonify({"deleted": storage.database().delete_feedback()})

    return blueprint


def _ordered(feedback: Feedback) -> dict[str, int | str | None]:
    fields = asdict(feedback)
    return {name: fields[name] for name in _FIELDS}


def _csv(everything: list[Feedback]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_FIELDS)
    for feedback in everything:
        writer.writerow([_plain(value) for value in _ordered(feedback).values()])
    return text.getvalue()


def _plain(value: int | str | None) -> int | str | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
