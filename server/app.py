"""The application factory."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, request
from flask.json.provider import DefaultJSONProvider

from server import limits
from server.access.rate_limit import RateLimit
from server.access.security import protect
from server.errors import answer_errors
from server.http.channel import ARRIVED
from server.monitoring.dashboard import dashboard
from server.routes.checking import checking_routes
from server.routes.feedback import feedback_routes
from server.routes.service import service_routes
from server.service import Service

access_logger = logging.getLogger("server.access")


class _ContractJSON(DefaultJSONProvider):
    sort_keys = False  # answers read in the order of the contract
    compact = True


class _JSONResponse(Response):
    default_mimetype = "application/json"


class Application(Flask):
    """Flask that speaks the contract's JSON and nothing else."""

    json_provider_class = _ContractJSON
    response_class = _JSONResponse


def create_app(service: Service) -> Flask:
    """Make the WSGI application that answers with what ``service`` holds."""
    app = Application("server", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = limits.BODY_BYTES
    app.url_map.merge_slashes = False  # Flask would answer //api with a redirect, and redirects are HTML
    answer_errors(app)
    _measure(app, service)
    protect(app, service.configuration.access, RateLimit(service.configuration.requests_per_second), service.users)
    for routes in (service_routes, checking_routes, feedback_routes):
        app.register_blueprint(routes(service))
    app.register_blueprint(dashboard())
    return app


def _measure(app: Flask, service: Service) -> None:
    """Count and, if asked to, log what was answered: by the rule that matched, as a path may hold anything."""

    @app.before_request
    def begin() -> None:
        service.start()
        request.environ.setdefault(ARRIVED, time.monotonic())

    @app.after_request
    def count(response: Response) -> Response:
        seconds = time.monotonic() - request.environ[ARRIVED]
        route = request.url_rule.rule if request.url_rule else "other"
        method = request.method if request.method in _METHODS else "other"
        service.metrics.count_request(route, method, response.status_code, seconds)
        if service.configuration.access_log:
            access_logger.info("%s %s %d %.1f ms", method, route, response.status_code, 1000 * seconds)
        return response


_METHODS = ("GET", "HEAD", "POST", "DELETE", "OPTIONS")
