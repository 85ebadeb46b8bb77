"""A reader's feedback: given, listed, taken away, deleted."""

from __future__ import annotations

import csv
import io
from http import HTTPStatus
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, jsonify, request

from fake_news.database.records import Feedback, NewFeedback, OutcomeCount
from server.access.access_token import asking_user
from server.errors import RequestError, from_status
from server.schemas.feedback import EXAMPLE, FeedbackQuery, FeedbackRequest
from server.schemas.validation import read_json, read_query
from server.service import Service

_COLUMNS = (
    "id",
    "created",
    "statement",
    "label",
    "correction",
    "comment",
    "source_url",
    "fact_check_url",
    "fact_check_title",
    "model",
    "fact_checks_count",
    "fact_checks_newest",
)
_LARGEST_ID = 2**63 - 1
# What a spreadsheet takes for a formula and would evaluate: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def feedback_routes(service: Service) -> Blueprint:
    """Make the routes of ``/feedback``."""
    blueprint = Blueprint("feedback", __name__, url_prefix="/api/v1/feedback")
    storage = service.storage

    @blueprint.post("")
    def add() -> tuple[Response, int]:
        body = read_json(request, FeedbackRequest, EXAMPLE)
        return jsonify({"id": storage.database().add_feedback(_to_store(body, service))}), HTTPStatus.CREATED

    @blueprint.get("")
    def page() -> Response:
        query = read_query(request, FeedbackQuery)
        database = storage.database()
        part = database.feedback(query.limit, query.offset)
        return jsonify({"feedback": [_as_json(feedback) for feedback in part], "total": database.feedback_count()})

    @blueprint.get("/outcomes")
    def outcomes() -> Response:
        by_source = groupby(storage.database().feedback_outcomes(), lambda one: (one.model, _fact_checks(one)))
        return jsonify({"models": [_outcomes(*source, list(counts)) for source, counts in by_source]})

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
            response = jsonify({"feedback": [_as_json(feedback) for feedback in everything], "total": len(everything)})
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


def _to_store(body: FeedbackRequest, service: Service) -> NewFeedback:
    """Convert a request to feedback; where it does not name the model, the one in use is assumed."""
    detector = service.detector_for(asking_user())
    known = body.fact_checks.model_dump() if body.fact_checks else detector.fact_checks
    shown = body.fact_check
    return NewFeedback(
        body.statement,
        body.label.value,
        body.correction.value,
        body.comment,
        body.source_url,
        shown.url if shown else None,
        shown.title if shown else None,
        body.model or detector.version,
        known["count"],
        known["newest"],
    )


def _as_json(feedback: Feedback) -> dict[str, Any]:
    about = None
    if feedback.fact_check_url is not None:
        about = {"url": feedback.fact_check_url, "title": feedback.fact_check_title or ""}
    return {
        "id": feedback.id,
        "created": feedback.created,
        "statement": feedback.statement,
        "label": feedback.label,
        "correction": feedback.correction,
        "comment": feedback.comment,
        "source_url": feedback.source_url,
        "fact_check": about,
        "model": feedback.model,
        "fact_checks": _fact_checks(feedback),
    }


def _fact_checks(known: Feedback | OutcomeCount) -> dict[str, Any] | None:
    if known.fact_checks_count is None:
        return None
    return {"count": known.fact_checks_count, "newest": known.fact_checks_newest}


def _outcomes(model: str | None, fact_checks: dict[str, Any] | None, counts: list[OutcomeCount]) -> dict[str, Any]:
    return {
        "model": model,
        "fact_checks": fact_checks,
        "total": sum(one.count for one in counts),
        "outcomes": [{"label": one.label, "correction": one.correction, "count": one.count} for one in counts],
    }


def _csv(everything: list[Feedback]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for feedback in everything:
        writer.writerow([_plain(getattr(feedback, name)) for name in _COLUMNS])
    return text.getvalue()


def _plain(value: int | str | None) -> int | str | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
