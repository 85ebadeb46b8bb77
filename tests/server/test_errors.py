"""One shape for every error, wherever it is raised: in our code, in Flask, or in waitress before Flask is called."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.detector import Detector
from server.app import create_app
from server.configuration import Configuration
from server.service import Service
from tests.server.conftest import Client


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v1/health/",
        "/api/v2/check",
        "//api//v1/health",
        "/%ff%00",
        "/../../etc/passwd",
    ],
)
def test_unknown_address(client: Client, path: str) -> None:
    answer = client.ask("GET", path)
    assert (answer.status, answer.error_code()) == (404, "not-found")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/v1/check"), ("POST", "/api/v1/health"), ("PUT", "/api/v1/model")]
)
def test_wrong_method_names_the_right_ones(client: Client, method: str, path: str) -> None:
    answer = client.ask(method, path)
    assert (answer.status, answer.error_code()) == (405, "method-not-allowed")
    assert method not in answer.headers["Allow"]


@pytest.mark.parametrize(
    ("request_bytes", "status", "code"),
    [
        (b"NONSENSE\r\n\r\n", 400, "bad-request"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nno colon here\r\n\r\n", 400, "bad-request"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n", 400, "bad-request"),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501, "not-implemented"),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "bad-request"),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", 431, "request-header-fields-too-large"),
    ],
    ids=["request line", "header", "length", "encoding", "chunk", "header size"],
)
def test_broken_http(client: Client, request_bytes: bytes, status: int, code: str) -> None:
    answer = client.raw(request_bytes)
    assert (answer.status, answer.error_code()) == (status, code)
    assert "waitress" not in str(answer.headers).lower()


def test_an_internal_error_does_not_repeat_the_text(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(detector: Detector, text: str) -> list[Any]:
        raise ValueError(f"cannot read {text!r}")

    monkeypatch.setattr(Detector, "check_many", broken)
    app = create_app(Service(Configuration(data_folder=tmp_path)))
    with caplog.at_level(logging.DEBUG):
        response = app.test_client().post("/api/v1/check", json={"blocks": [{"id": "b", "text": "a private remark"}]})
    assert response.status_code == 500
    assert response.get_json()["error"]["code"] == "internal-error"
    assert "ValueError" in caplog.text
    assert "test_errors.py" in caplog.text
    assert "private remark" not in caplog.text + response.get_data(as_text=True)
