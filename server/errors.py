"""The one shape of every error answer: ``{"error": {"code", "message", "hint"}}``, never HTML.

No error repeats what the client sent: the text of a page must not appear in an error or a log.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, jsonify
from werkzeug.exceptions import HTTPException

from fake_news.common.errors import PlumblineError
from fake_news.database.lazy_database import DatabaseError
from server import limits

logger = logging.getLogger(__name__)


class RequestError(PlumblineError):
    """A request that is answered with an error.

    Parameters
    ----------
    status : HTTPStatus
        The status of the answer.
    code : str
        The error's stable name, for programs.
    message, hint : str
        What happened and what to do, for people.
    headers : mapping, optional
        Further headers of the answer.
    """

    def __init__(
        self, status: HTTPStatus, code: str, message: str, hint: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message, hint)
        self.status = status
        self.code = code
        self.headers = headers or {}

    def body(self) -> dict[str, dict[str, str]]:
        """Return the body of the answer, for JSON."""
        return {"error": {"code": self.code, "message": self.message, "hint": self.hint}}


def body_too_large() -> RequestError:
    """Make the error for a body that is over its limit."""
    return RequestError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "body-too-large",
        f"The body is larger than {limits.BODY_BYTES} bytes.",
        "Send fewer blocks in one request.",
    )


def answer_too_large() -> RequestError:
    """Make the error for a text with more statements than an answer holds."""
    return RequestError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "answer-too-large",
        f"The answer to this text is larger than {limits.ANSWER_BYTES} bytes.",
        "Split the page over several requests.",
    )


def internal_error() -> RequestError:
    """Make the error for a fault of the server, not of the request."""
    return RequestError(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "Plumbline failed while answering this request.",
        "The server's log says where. Please report it.",
    )


def overloaded() -> RequestError:
    """Make the error for more requests than can be answered in time."""
    return RequestError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "overloaded",
        "Plumbline has more requests than it can answer in time.",
        "Try again in a moment, or send fewer blocks in one request.",
        {"Retry-After": "2"},
    )


def from_status(status: int) -> RequestError:
    """Make the error for an HTTP status that Flask or waitress chose."""
    match status:
        case HTTPStatus.NOT_FOUND:
            return RequestError(
                HTTPStatus.NOT_FOUND,
                "not-found",
                "There is nothing at this address.",
                "/openapi.json lists every address.",
            )
        case HTTPStatus.METHOD_NOT_ALLOWED:
            return RequestError(
                HTTPStatus.METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "This address does not answer this method.",
                "The Allow header lists the methods it answers.",
            )
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return body_too_large()
        case HTTPStatus.INTERNAL_SERVER_ERROR:
            return internal_error()
        case HTTPStatus.SERVICE_UNAVAILABLE:
            return overloaded()
        case HTTPStatus.REQUEST_TIMEOUT:
            return RequestError(
                HTTPStatus.REQUEST_TIMEOUT,
                "request-timeout",
                f"The request did not arrive within {limits.SENDING_SECONDS:.0f} seconds.",
                "Send it at once, in a smaller body if the connection is slow.",
            )
        case _:
            phrase = HTTPStatus(status).phrase
            return RequestError(
                HTTPStatus(status),
                phrase.lower().replace(" ", "-"),
                f"The request was refused: {phrase}.",
                "Check the request line and the headers.",
            )


def answer_errors(app: Flask) -> None:
    """Give every error of ``app`` the one shape."""

    @app.errorhandler(RequestError)
    def expected(error: RequestError) -> tuple[Response, int, Mapping[str, str]]:
        return jsonify(error.body()), error.status, error.headers

    @app.errorhandler(DatabaseError)
    def storage_failed(error: DatabaseError) -> tuple[Response, int, Mapping[str, str]]:
        return expected(
            RequestError(
                HTTPStatus.SERVICE_UNAVAILABLE,
                "storage-unavailable",
                error.message,
                error.hint,
                {"Retry-After": "30"},
            )
        )

    @app.errorhandler(HTTPException)
    def from_flask(error: HTTPException) -> Response:
        replacement = from_status(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
        response = jsonify(replacement.body())
        response.status_code = replacement.status
        for name, value in error.get_headers():
            if name.lower() != "content-type":  # keep Allow, Retry-After and the like
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> tuple[Response, int]:
        # Only the place: an exception's message may quote the reader's text.
        logger.error("%s, raised at\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        return jsonify(internal_error().body()), HTTPStatus.INTERNAL_SERVER_ERROR
