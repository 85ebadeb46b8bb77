"""Only JSON is read, and only as it is: pages can send the other types without asking first."""

from __future__ import annotations

import gzip
import json

import pytest

from tests.server.access.hostile_requests import PAGE
from tests.server.conftest import Client


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "text/plain; application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/json",
        "application/jsonp",
        "application/problem+json",
    ],
)
def test_only_json_is_read(client: Client, content_type: str | None) -> None:
    """The other types are what a page can send without asking first."""
    headers = {} if content_type is None else {"Content-Type": content_type}
    answer = client.ask("POST", "/api/v1/check", body=json.dumps(PAGE).encode(), headers=headers)
    assert (answer.status, answer.error_code()) == (415, "unsupported-media-type")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "identity, gzip"])
def test_a_compressed_body_is_not_read(client: Client, encoding: str) -> None:
    body = gzip.compress(json.dumps(PAGE).encode())
    for path in ("/api/v1/check", "/api/v1/feedback"):
        headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
        answer = client.ask("POST", path, body=body, headers=headers)
        assert (answer.status, answer.error_code()) == (415, "unsupported-media-type")
        assert answer.headers["Accept-Encoding"] == "identity"
    assert client.check(PAGE, **{"Content-Encoding": "Identity"}).status == 200


def test_json_with_a_charset_is_read(client: Client) -> None:
    assert client.check(PAGE, **{"Content-Type": "Application/JSON; charset=utf-8"}).status == 200
