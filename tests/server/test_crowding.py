"""Slow, greedy and many clients: each is answered or ended, and none keeps another out."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial

import pytest
from waitress.channel import ClientDisconnected

from fake_news.detection.detector import Detector
from server import limits
from server.access.rate_limit import RateLimit
from server.errors import RequestError
from server.http.channel import Channel
from server.http.listener import THREADS
from tests.conftest import RunningServer
from tests.server.conftest import Answer, Client, HereClient

PAGE = {"blocks": [{"id": "b1", "text": "Taxes rose by 4 percent in 2020."}]}


def read_answer(connection: socket.socket) -> Answer:
    response = http.client.HTTPResponse(connection)
    response.begin()
    return Answer(response.status, response.headers, response.read())


def is_closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


class TestSlowClients:
    """Slowloris: many connections that send a byte now and then."""

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
        self, serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch, beginning: bytes
    ) -> None:
        monkeypatch.setattr(limits, "SENDING_SECONDS", 0.3)
        client = serve_here()
        with socket.create_connection(("127.0.0.1", client.port), timeout=30) as connection:
            connection.sendall(beginning)
            answer = read_answer(connection)
            assert (answer.status, answer.error_code()) == (408, "request-timeout")
            assert is_closed(connection)

    def test_a_byte_now_and_then_does_not_win_time(
        self, serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
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
        self, serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "IDLE_SECONDS", 0.3)
        client = serve_here()
        with socket.create_connection(("127.0.0.1", client.port), timeout=30) as connection:
            assert is_closed(connection)

    def test_an_answer_that_is_not_read_is_not_kept(
        self, serve_here: Callable[[], HereClient], monkeypatch: pytest.MonkeyPatch
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

    def test_a_thousand_slow_clients_keep_no_one_out(self, start_server: Callable[..., RunningServer]) -> None:
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
        self, serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "CONNECTIONS", 5)
        held = Held(monkeypatch)
        client = serve_here()
        asked = in_background(lambda: client.check(PAGE))
        assert held.entered.acquire(timeout=30)
        with ExitStack() as stack:
            for _ in range(20):
                stack.enter_context(socket.create_connection(("127.0.0.1", client.port), timeout=30))
            assert client.ask("GET", "/api/v1/health").status == 200
        held.release()
        assert asked().status == 200


class TestCrowd:
    """More clients than there is room for: every connection that was accepted has an answer, or a 503."""

    def test_whoever_makes_room_is_told_so(
        self, serve_here: Callable[[], HereClient], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits, "CONNECTIONS", 3)
        monkeypatch.setattr(limits, "PATIENCE_SECONDS", 0.0)
        monkeypatch.setattr(limits, "REFUSED_SECONDS", 60.0)
        client = serve_here()
        with ExitStack() as stack:

            def connect() -> socket.socket:
                return stack.enter_context(socket.create_connection(("127.0.0.1", client.port), timeout=30))

            silent = [connect() for _ in range(3)]
            silent[0].sendall(b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\n{")
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

    def test_a_connection_does_not_inherit_what_was_said_of_another(
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


class Held:
    """Makes the detector wait in the middle of a check until the test lets it go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered = threading.Semaphore(0)
        self._go_on = threading.Event()
        check_many = Detector.check_many

        def held(detector: Detector, texts: Sequence[str]) -> object:
            self.entered.release()
            assert self._go_on.wait(60)
            return check_many(detector, texts)

        monkeypatch.setattr(Detector, "check_many", held)

    def release(self) -> None:
        self._go_on.set()


def in_background(ask: Callable[[], Answer]) -> Callable[[], Answer]:
    answers: list[Answer] = []
    thread = threading.Thread(target=lambda: answers.append(ask()))
    thread.start()

    def result() -> Answer:
        thread.join(60)
        return answers[0]

    return result


def numbered(number: int) -> dict[str, object]:
    return {"blocks": [{"id": "b1", "text": f"The council built {number} houses last year."}]}


def test_more_than_can_wait_is_told_to_come_back(
    serve_here: Callable[[], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "WAITING_REQUESTS", 3)
    held = Held(monkeypatch)
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
    held = Held(monkeypatch)
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


class TestRate:
    """A client may ask so often, and is told when to come back."""

    def test_a_greedy_client_is_told_to_wait(self, start_server: Callable[..., RunningServer]) -> None:
        client = Client(start_server("--rate-limit", "0.01").port)
        assert client.check(PAGE).status == 200
        answer = client.check(PAGE)
        assert (answer.status, answer.error_code()) == (429, "too-many-requests")
        assert 1 <= int(answer.headers["Retry-After"]) <= 100

    def test_a_hostile_page_cannot_use_up_what_the_extension_may_ask(
        self, start_server: Callable[..., RunningServer]
    ) -> None:
        client = Client(start_server("--rate-limit", "0.01").port)
        for _ in range(5):
            assert client.check(PAGE, Origin="https://evil.example").status == 403
            assert client.check(PAGE, Host="evil.example").status == 403
        assert client.check(PAGE).status == 200

    def test_a_bucket_fills_with_time(self) -> None:
        now = [100.0]
        limit = RateLimit(10, lambda: now[0])

        def passes(address: str = "127.0.0.1") -> bool:
            try:
                limit.take(address)
            except RequestError:
                return False
            return True

        assert sum(passes() for _ in range(100)) == 10 * limits.BURST_SECONDS
        assert passes("192.0.2.7")
        now[0] += 0.5
        assert sum(passes() for _ in range(100)) == 5
        now[0] += 1e6
        assert sum(passes() for _ in range(100)) == 10 * limits.BURST_SECONDS

    def test_addresses_do_not_fill_the_memory(self) -> None:
        limit = RateLimit(10)
        for number in range(20_000):
            limit.take(f"2001:db8::{number:x}")
        assert len(limit._buckets) == 10_000
