"""Requests that tests of access send: the origins of the extension, every path, exact header lines."""

from __future__ import annotations

from server.access.security import CHROME_EXTENSION_ID
from tests.server.conftest import Answer, Client

CHROME = f"chrome-extension://{CHROME_EXTENSION_ID}"
FIREFOX = "moz-extension://0f3c1e52-9f0b-4a55-8a3e-2d9c54a7b610"
PAGE = {"blocks": [{"id": "b1", "text": "Taxes rose by 4 percent in 2020."}]}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
PATHS = (
    "/",
    "/docs",
    "/openapi.json",
    "/metrics",
    "/static/x.js",
    "/api/v1/health",
    "/api/v1/model",
    "/api/v1/check",
    "/api/v1/fact-checks",
    "/api/v1/statistics",
    "/api/v1/feedback",
    "/api/v1/feedback/1",
    "/api/v1/feedback/export",
    "/nothing/here",
    "//api//v1//health",
)


def with_host_lines(client: Client, *lines: str, target: str = "/api/v1/health") -> Answer:
    """A GET with exactly these header lines."""
    return client.raw("\r\n".join((f"GET {target} HTTP/1.1", *lines, "Connection: close", "", "")).encode("latin-1"))
