"""Slow clients (Slowloris): connections that send a byte now and then are ended, and keep nobody out."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from server import limits
from tests.conftest import RunningServer
from tests.server.conftest import Client, HereClient
from tests.server.http.clients import PAGE, HeldDetector, in_background, is_closed, read_answer


@pytest.mark.parametrize(
    "beginning",
    [
        b"G",
        b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
        b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"Content-Length: 500\r\n\r\n{",
        b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
    ],
    ids=["request line", "headers", "body", "chunk"],
)
def test_a_request_that_does_not_arrive_is_given_up(
    serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch, beginning: bytes
) -> None:
    monkeypatch.setattr(limits, "SENDING_SECONDS", 0.3)
    client = serve_here()
    with socket.create_connection(("127.0.0.1", client.port), timeout=30) as connection:
        connection.sendall(beginning)
        answer = read_answer(connection)
        assert (answer.status, answer.error_code()) == (408, "request-timeout")
        assert is_closed(connection)


def test_a_byte_now_and_then_does_not_win_time(
    serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SENDING_SECONDS", 0.5)
    client = serve_here()
    with socket.create_connection(("127.0.0.1", client.port), timeout=0.05) as connection:
        connection.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
        began = time.monotonic()
        received = b""
        while not received and time.monotonic() < began + 30:
            connection.sendall(b"x")
            try:
                received = connection.recv(1000)
            except TimeoutError:
                continue
        assert received.startswith(b"HTTP/1.0 408 ")


def test_a_connection_that_says_nothing_is_closed(
    serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.3)
    client = serve_here()
    with socket.create_connection(("127.0.0.1", client.port), timeout=30) as connection:
        assert is_closed(connection)


def test_an_answer_that_is_not_read_is_not_kept(
    serve_here: Callable[[], HereClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer is larger than what the kernel takes off the server's hands."""
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.5)
    client = serve_here()
    text = "No. " * 4_000
    body = json.dumps({"blocks": [{"id": str(number), "text": text} for number in range(16)]}).encode()
    head = b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(30)
        connection.connect(("127.0.0.1", client.port))
        connection.sendall(head + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        connection.recv(1)  # it is there; the rest stays unread
        deadline = time.monotonic() + 30
        while client.server.active_channels:
            assert time.monotonic() < deadline, "the answer is kept for ever"
            time.sleep(0.05)
    assert client.check(PAGE).status == 200


def test_a_thousand_slow_clients_keep_no_one_out(start_server: Callable[..., RunningServer]) -> None:
    client = Client(start_server().port)
    with ExitStack() as stack:
        slow = [
            stack.enter_context(socket.create_connection(("127.0.0.1", client.port), timeout=30))
            for _ in range(limits.CONNECTIONS + 200)
        ]
        for connection in slow[-200:]:
            connection.sendall(b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        for _ in range(20):
            assert client.check(PAGE).status == 200


def test_connections_that_wait_for_an_answer_are_not_the_ones_to_go(
    serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CONNECTIONS", 5)
    held = HeldDetector(monkeypatch)
    client = serve_here()
    asked = in_background(lambda: client.check(PAGE))
    assert held.entered.acquire(timeout=30)
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(socket.create_connection(("127.0.0.1", client.port), timeout=30))
        assert client.ask("GET", "/api/v1/health").status == 200
    held.release()
    assert asked().status == 200
