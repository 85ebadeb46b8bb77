"""The pages for people: the dashboard at ``/`` and the documentation of the API at ``/docs``.

Neither holds any of the reader's text: the scripts of the dashboard use the same routes as every other program, and the
documentation is generated from the OpenAPI document.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort, render_template, request, send_from_directory

STATIC = Path(__file__).parents[1] / "static"

_REPOSITORY = Path(__file__).parents[2]
EXTENSION_FILES = {
    "card/card-content.js": "extension/content/card/card-content.js",
    "card/card-elements.js": "extension/content/card/card-elements.js",
    "card/card-evidence.js": "extension/content/card/card-evidence.js",
    "card/card-look-up.js": "extension/content/card/card-look-up.js",
    "card/card-style.js": "extension/content/card/card-style.js",
    "card/messages.json": "_locales/en/messages.json",
    "card/vocabulary.js": "extension/shared/vocabulary.js",
}
"""The card is the extension's. In the repository its files are read from there; an installed server has copies."""

# Spelled out, because on Windows the registry decides what mimetypes.guess_type returns, and a script that is declared
# as text/plain does not run: https://github.com/python/cpython/issues/88141
MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}

# Only files of this server, and no script that an injection could make the page write.
# https://www.w3.org/TR/trusted-types/
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)


def dashboard() -> Blueprint:
    """Make the routes of the pages and of the files they load."""
    blueprint = Blueprint("dashboard", __name__)

    @blueprint.get("/")
    def home() -> Response:
        return _file("index.html")

    @blueprint.get("/docs")
    def documentation() -> Response:
        from server.openapi import description  # rarely used, so imported late

        address = request.host_url.rstrip("/")
        return Response(render_template("docs.html", address=address, **description()), mimetype="text/html")

    @blueprint.get("/static/<path:name>")
    def static_file(name: str) -> Response:
        return _file(name)

    @blueprint.after_request
    def harden(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        return response

    return blueprint


def _file(name: str) -> Response:
    media_type = MEDIA_TYPES.get(Path(name).suffix)
    if media_type is None:
        abort(404)
    borrowed = EXTENSION_FILES.get(name)
    if borrowed is not None and not (STATIC / name).exists():
        return send_from_directory(_REPOSITORY, borrowed, mimetype=media_type)
    return send_from_directory(STATIC, name, mimetype=media_type)
