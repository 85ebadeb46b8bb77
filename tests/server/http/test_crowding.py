"""Many clients: each is answered or refused, and none keeps another out."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

import pytest
from waitress.channel import ClientDisconnected

from server import limits
from server.http.channel import Channel
from server.http.listener import THREADS
from tests.conftest import RunningServer
from tests.server.conftest import Client, HereClient
from tests.server.http.clients import PAGE, HeldDetector, in_background, is_closed, read_answer


class TestCrowd:
    """More clients than there is room for: every connection that was accepted has an answer, or a 503."""

    def test_a_connection_that_makes_room_gets_a_503(
        self, serve_here: Callable[[], HereClient], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "CONNECTIONS", 3)
        monkeypatch.setattr(limits, "PATIENCE_SECONDS", 0.0)
        monkeypatch.setattr(limits, "REFUSED_SECONDS", 60.0)
        client = serve_here()
        with ExitStack() as stack:

            def connect() -> socket.socket:
                return stack.enter_context(socket.create_connection(("127.0.0.1", client.port), timeout=30))

            silent = [connect()]
            silent[0].sendall(b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n{")
            later = connect()
            later.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            assert read_answer(later).status == 200  # by now the server has read what was sent before
            silent += [connect() for _ in range(2)]
            for _ in range(4):
                connect()
            for connection in silent:
                answer = read_answer(connection)
                assert (answer.status, answer.error_code()) == (503, "overloaded")
                assert int(answer.headers["Retry-After"]) >= 1
                connection.sendall(b"x" * 1000)  # it may go on for a moment: a reset would take the answer from others
                assert is_closed(connection)

    def test_a_client_that_is_gone_before_its_refusal_is_let_go(
        self, serve_here: Callable[[], HereClient], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Of a request that has not arrived, not even the path is known."""
        monkeypatch.setattr(limits, "SENDING_SECONDS", 0.3)
        gone = threading.Event()

        def write_to_nobody(*_: object) -> None:
            gone.set()
            raise ClientDisconnected

        monkeypatch.setattr(Channel, "write_soon", write_to_nobody)
        client = serve_here()
        with socket.create_connection(("127.0.0.1", client.port), timeout=30) as connection:
            connection.sendall(b"G")
            assert gone.wait(30)
            assert is_closed(connection)
        assert not [record.getMessage() for record in caplog.records if record.exc_info]

    def test_a_connection_does_not_inherit_the_events_of_another(
        self, serve_here: Callable[[], HereClient], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Connections that end and begin in the same turn of the loop have the same file number."""
        monkeypatch.setattr(limits, "CONNECTIONS", 4)
        monkeypatch.setattr(limits, "PATIENCE_SECONDS", 0.0)
        client = serve_here()
        unread: dict[str, list[object]] = {"blocks": []}

        def ask(statuses: list[int]) -> None:
            for _ in range(25):
                statuses.append(client.check(unread).status)

        statuses: list[list[int]] = [[] for _ in range(12)]
        threads = [threading.Thread(target=ask, args=(found,)) for found in statuses]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {len(found) for found in statuses} == {25}
        assert {status for found in statuses for status in found} <= {200, 503}
        assert not [record.getMessage() for record in caplog.records if record.exc_info]

    def test_health_is_always_answered(
        self, serve_here: Callable[[], HereClient], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Also where the queues take no more."""
        monkeypatch.setattr(limits, "WAITING_REQUESTS", 0)
        client = serve_here()
        assert client.check(PAGE).status == 503
        assert client.ask("GET", "/api/v1/model").status == 503
        assert {client.ask("GET", "/api/v1/health").status for _ in range(20)} == {200}

    def test_health_counts_against_no_rate(self, start_server: Callable[..., RunningServer]) -> None:
        """Or the crowd behind a proxy would make the server look dead."""
        client = Client(start_server("--rate-limit", "0.01").port)
        assert {client.ask("GET", "/api/v1/health").status for _ in range(5)} == {200}
        assert client.ask("GET", "/api/v1/model").status == 200
        assert client.ask("GET", "/api/v1/model").status == 429
        assert client.ask("GET", "/api/v1/health").status == 200


def numbered(number: int) -> dict[str, object]:
    return {"blocks": [{"id": "b1", "text": f"The council built {number} houses last year."}]}


def test_more_than_can_wait_is_asked_to_retry(
    serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WAITING_REQUESTS", 3)
    held = HeldDetector(monkeypatch)
    client = serve_here()
    accepted = [in_background(partial(client.check, numbered(number))) for number in range(THREADS)]
    for _ in range(THREADS):
        assert held.entered.acquire(timeout=30)
    with ExitStack() as stack:
        waiting = []
        body = json.dumps(PAGE).encode()
        for _ in range(3):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", client.port), timeout=60))
            connection.sendall(
                b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            )
            waiting.append(connection)
        refused = client.check(PAGE)
        while refused.status != 503:  # the three may still be on their way
            refused = client.check(PAGE)
        assert refused.error_code() == "overloaded"
        assert int(refused.headers["Retry-After"]) >= 1
        malformed = client.raw(b"NONSENSE\r\n\r\n")  # refused at once too, without waiting its turn
        assert malformed.status == 400
        held.release()
        assert [answer().status for answer in accepted] == [200] * THREADS
        assert [read_answer(connection).status for connection in waiting] == [200] * 3


def test_nobody_else_waits_until_long_pages_are_judged(
    serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldDetector(monkeypatch)
    client = serve_here()
    judging = [in_background(partial(client.check, numbered(number))) for number in range(2 * THREADS)]
    for _ in range(THREADS):
        assert held.entered.acquire(timeout=30)
    for path in ("/api/v1/health", "/", "/metrics", "/api/v1/statistics"):
        assert client.ask("GET", path).status == 200, path
    held.release()
    assert [answer().status for answer in judging] == [200] * 2 * THREADS


def test_a_request_that_takes_too_long_is_ended(
    serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two parts of a page the clock is looked at."""
    monkeypatch.setattr(limits, "REQUEST_SECONDS", -1.0)
    client = serve_here()
    answer = client.check(PAGE)
    assert (answer.status, answer.error_code()) == (503, "overloaded")
    assert int(answer.headers["Retry-After"]) >= 1
    assert client.ask("GET", "/api/v1/health").status == 200
