"""The HTTP contract in the form that programs read: https://spec.openapis.org/oas/v3.1.1

Made from the pydantic models; a test compares it with the committed ``docs/openapi.json`` and with the routes there
are. ``python -m server.openapi`` prints it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from server import __version__
from server.schemas.check import EXAMPLE as CHECK_EXAMPLE
from server.schemas.check import SEARCH_EXAMPLE, CheckAnswer, CheckRequest, FactCheckSearch, FactCheckSearchAnswer
from server.schemas.feedback import EXAMPLE as FEEDBACK_EXAMPLE
from server.schemas.feedback import (
    FeedbackDeleted,
    FeedbackList,
    FeedbackOutcomes,
    FeedbackQuery,
    FeedbackRequest,
    FeedbackStored,
)
from server.schemas.service import ErrorAnswer, FactChecksAnswer, HealthAnswer, ModelCard, StatisticsAnswer
from server.schemas.statement import EXAMPLE as STATEMENT_EXAMPLE
from server.schemas.statement import InfluenceAnswer, JudgeAnswer, JudgeRequest, JudgeState, StatementRequest

_REFERENCE = "#/components/schemas/{model}"
# What any request may come to; errors that a route adds stand with it.
_ALWAYS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)
_BODY = (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, HTTPStatus.UNPROCESSABLE_ENTITY)


@dataclass(frozen=True)
class _Operation:
    method: str
    path: str
    name: str
    summary: str
    answer: type[BaseModel] | None = None
    status: HTTPStatus = HTTPStatus.OK
    request: type[BaseModel] | None = None
    example: str = ""
    parameters: tuple[dict[str, Any], ...] = ()
    errors: tuple[HTTPStatus, ...] = ()
    other_types: tuple[str, ...] = field(default=())


def _query(model: type[BaseModel]) -> tuple[dict[str, Any], ...]:
    properties = model.model_json_schema()["properties"]
    return tuple(
        {"name": name, "in": "query", "schema": {key: value for key, value in schema.items() if key != "title"}}
        for name, schema in properties.items()
    )


_FORMAT = {"name": "format", "in": "query", "schema": {"type": "string", "enum": ["csv", "json"], "default": "json"}}
_FEEDBACK_ID = {
    "name": "feedback_id",
    "in": "path",
    "required": True,
    "schema": {"type": "integer", "minimum": 0, "maximum": 2**63 - 1},
}
_OPERATIONS = (
    _Operation(
        "post",
        "/api/v1/check",
        "check",
        "Judge the statements of a page's paragraphs.",
        CheckAnswer,
        request=CheckRequest,
        example=CHECK_EXAMPLE,
        errors=_BODY,
    ),
    _Operation(
        "post",
        "/api/v1/influence",
        "influence",
        "How much each word of a statement counted, where the verdict is a model's and not a sum over words.",
        InfluenceAnswer,
        request=StatementRequest,
        example=STATEMENT_EXAMPLE,
        errors=_BODY,
    ),
    _Operation("get", "/api/v1/judge", "judge_state", "Which language model is consulted, if any.", JudgeState),
    _Operation(
        "post",
        "/api/v1/judge",
        "judge",
        "Ask a language model about one statement, given the rulings that were found.",
        JudgeAnswer,
        request=JudgeRequest,
        example=STATEMENT_EXAMPLE,
        errors=(*_BODY, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT),
    ),
    _Operation("get", "/api/v1/health", "health", "Is a Plumbline here, and ready?", HealthAnswer),
    _Operation("get", "/api/v1/model", "model", "The model card of the checkpoint in use.", ModelCard),
    _Operation("get", "/api/v1/fact-checks", "fact_checks", "What the fact-check index holds.", FactChecksAnswer),
    _Operation(
        "post",
        "/api/v1/fact-checks/search",
        "search_fact_checks",
        "Published rulings that share words with what is asked.",
        FactCheckSearchAnswer,
        request=FactCheckSearch,
        example=SEARCH_EXAMPLE,
        errors=_BODY,
    ),
    _Operation("get", "/api/v1/statistics", "statistics", "Counts of the latest days; no text.", StatisticsAnswer),
    _Operation(
        "post",
        "/api/v1/feedback",
        "add_feedback",
        "Say that a verdict is wrong, or right.",
        FeedbackStored,
        HTTPStatus.CREATED,
        request=FeedbackRequest,
        example=FEEDBACK_EXAMPLE,
        errors=_BODY,
    ),
    _Operation(
        "get",
        "/api/v1/feedback",
        "list_feedback",
        "Stored feedback, the latest first.",
        FeedbackList,
        parameters=_query(FeedbackQuery),
        errors=(HTTPStatus.UNPROCESSABLE_ENTITY,),
    ),
    _Operation(
        "get",
        "/api/v1/feedback/outcomes",
        "feedback_outcomes",
        "What readers said, counted by model and fact-checks; no text.",
        FeedbackOutcomes,
    ),
    _Operation(
        "get",
        "/api/v1/feedback/export",
        "export_feedback",
        "All feedback as a file.",
        FeedbackList,
        parameters=(_FORMAT,),
        errors=(HTTPStatus.UNPROCESSABLE_ENTITY,),
        other_types=("text/csv",),
    ),
    _Operation(
        "delete",
        "/api/v1/feedback/{feedback_id}",
        "delete_feedback",
        "Delete one feedback forever.",
        FeedbackDeleted,
        parameters=(_FEEDBACK_ID,),
        errors=(HTTPStatus.NOT_FOUND,),
    ),
    _Operation("delete", "/api/v1/feedback", "delete_all_feedback", "Delete all feedback forever.", FeedbackDeleted),
    _Operation("get", "/metrics", "metrics", "Counters for Prometheus.", other_types=("text/plain",)),
    _Operation("get", "/openapi.json", "openapi", "This description.", other_types=("application/json",)),
)


def description() -> dict[str, Any]:
    """Describe the whole contract as one OpenAPI document."""
    models: set[type[BaseModel]] = {ErrorAnswer}
    for operation in _OPERATIONS:
        models.update(model for model in (operation.answer, operation.request) if model)
    named = sorted(models, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "validation") for model in named], ref_template=_REFERENCE)
    paths: dict[str, dict[str, Any]] = {}
    for operation in _OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Plumbline",
            "version": __version__,
            "description": "Judges the statements of a page on the reader's own machine. Offsets count UTF-16 units.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "http://127.0.0.1:8642"}],
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas["$defs"],
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Only a server that other machines reach, or one with --require-token, asks for it.",
                }
            },
        },
    }


def _operation(operation: _Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {media_type: {} for media_type in operation.other_types}
    if operation.answer:
        answers = {**_json(operation.answer), **answers}
    document: dict[str, Any] = {"operationId": operation.name, "summary": operation.summary}
    if operation.parameters:
        document["parameters"] = list(operation.parameters)
    if operation.request:
        content = _json(operation.request)
        content["application/json"]["example"] = json.loads(operation.example)
        document["requestBody"] = {"required": True, "content": content}
    document["responses"] = {
        str(operation.status.value): {"description": operation.status.phrase, "content": answers},
        **{
            str(status.value): {"description": status.phrase, "content": _json(ErrorAnswer)}
            for status in sorted((*_ALWAYS, *operation.errors))
        },
    }
    return document


def _json(model: type[BaseModel]) -> dict[str, dict[str, Any]]:
    return {"application/json": {"schema": {"$ref": _REFERENCE.format(model=model.__name__)}}}


if __name__ == "__main__":
    json.dump(description(), sys.stdout, indent=2)
    sys.stdout.write("\n")
