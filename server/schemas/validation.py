"""Validation of requests: bytes become a model, or an error about the first problem."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TypeVar

from flask import Request
from pydantic import BaseModel, ConfigDict, ValidationError

from server.errors import RequestError

# kinds of error, of Pydantic and of this server, in terms of JSON
_PLAIN_WORDS = {
    "model_type": "must be an object",
    "list_type": "must be a list",
    "string_type": "must be a string",
    "missing": "is missing",
    "extra_forbidden": "has a field that this version does not know",
    "string_unicode": "has a field that this version does not know",
}
_LIMITS = {
    "too_many_blocks": ("too-many-blocks", "Split the page over several requests."),
    "block_too_long": ("block-too-long", "Cut the paragraph into several blocks."),
}


class RequestBody(BaseModel):
    """A request's body, or a part of it: unknown fields are refused, and no value is converted."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Answer(BaseModel):
    """An answer's body, or a part of it, which has no other fields than those that are declared."""

    model_config = ConfigDict(extra="forbid")


Body = TypeVar("Body", bound=RequestBody)
Query = TypeVar("Query", bound=BaseModel)


def read_json(request: Request, model: type[Body], example: str) -> Body:
    """Parse and validate the body of a request.

    Raises
    ------
    RequestError
        About the first problem; it never quotes the text.
    """
    if request.mimetype != "application/json":
        raise RequestError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "The body must be declared as application/json.",
            "Send the header Content-Type: application/json.",
        )
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        # a small body that unpacks into a large one would bypass every limit
        raise RequestError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "The body must not be compressed.",
            "Send it as it is, without the header Content-Encoding.",
            {"Accept-Encoding": "identity"},
        )
    try:
        document = json.loads(request.get_data())
    except (ValueError, RecursionError):  # RecursionError: "[[[[…" to the limit of the body
        raise RequestError(
            HTTPStatus.BAD_REQUEST, "bad-json", "The body is not valid JSON.", f"Send UTF-8 JSON: {example}"
        ) from None
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise _first_problem(error, f"The body must look like {example}") from None


def read_query(request: Request, model: type[Query]) -> Query:
    """Validate the query string; unknown names are ignored.

    Raises
    ------
    RequestError
        About the first problem.
    """
    try:
        return model.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _first_problem(error, "/openapi.json lists the parameters of this address.") from None


def _first_problem(error: ValidationError, general_hint: str) -> RequestError:
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    kind, place = problem["type"], list(problem["loc"])
    if kind == "extra_forbidden":
        place.pop()  # the unknown name, which the client chose
    where = ".".join(map(str, place)) or "the body"
    code, hint = _LIMITS.get(kind, ("invalid-request", general_hint))
    message = _PLAIN_WORDS.get(kind, problem["msg"])
    return RequestError(HTTPStatus.UNPROCESSABLE_ENTITY, code, f"Wrong in the request: {where} {message}.", hint)
