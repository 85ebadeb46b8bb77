"""Requests of legitimate clients and hostile pages, and which answers are right."""

from __future__ import annotations

import http.client
import json
import random
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from benchmarks.statements import endless_sentences, page_of_sentences

JSON = {"Content-Type": "application/json"}
SENTENCES_A_SCREEN = 20
PATIENCE_S = 60
OFTEN_READ = page_of_sentences(SENTENCES_A_SCREEN)


class Sender:
    """Sends one request after the other: honest ones over a connection that is kept, as a browser does."""

    def __init__(self, port: int, stream: int) -> None:
        self.port = port
        self.sentences: Iterator[str] = endless_sentences(stream)
        self.chance = random.Random(stream)
        self._kept = self._connection()

    def ask(self, method: str, path: str, body: bytes | None = None) -> int:
        """Send an honest request over the kept connection."""
        self._kept.request(method, path, body, JSON if body else {})
        return _status(self._kept)

    def ask_with(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> int:
        """Send a request with these headers, over a connection of its own."""
        connection = self._connection()
        try:
            connection.request(method, path, body, headers)
            return _status(connection)
        finally:
            connection.close()

    def say(self, request: bytes) -> int:
        """Send bytes that need not be HTTP; return the status of the answer, 0 if the server just closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S) as connection:
            with suppress(ConnectionError):  # it need not hear us out
                connection.sendall(request)
            with suppress(OSError):  # closed already
                connection.shutdown(socket.SHUT_WR)
            with connection.makefile("rb") as answer, suppress(ConnectionError):
                status = answer.readline().split()[1:2]
                return int(status[0]) if status else 0
        return 0

    def check(self, sentences: list[str]) -> int:
        """Have sentences judged."""
        document = {"blocks": [{"id": "b", "text": " ".join(sentences)}]}
        return self.ask("POST", "/api/v1/check", json.dumps(document).encode())

    def fresh(self, count: int) -> list[str]:
        """Sentences that nobody has sent before."""
        return list(islice(self.sentences, count))

    def reconnect(self) -> None:
        """Begin again after the server closed the connection."""
        self.close()
        self._kept = self._connection()

    def close(self) -> None:
        """Hang up."""
        self._kept.close()

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)


def _status(connection: http.client.HTTPConnection) -> int:
    response = connection.getresponse()
    response.read()
    return response.status


def _feedback(sender: Sender) -> int:
    document = {"statement": sender.fresh(1)[0], "label": "unsure", "correction": "true", "comment": "Under load."}
    return sender.ask("POST", "/api/v1/feedback", json.dumps(document).encode())


def _blocks(*texts: str) -> bytes:
    return json.dumps({"blocks": [{"id": str(i), "text": text} for i, text in enumerate(texts)]}).encode()


@dataclass(frozen=True)
class Kind:
    """A kind of request: how it is sent, which statuses are right, how often it comes beside the others."""

    name: str
    send: Callable[[Sender], int]
    expected: tuple[int, ...]
    weight: int = 1


CHECK = "/api/v1/check"
FOREIGN = {"Origin": "https://a.example"}
HALF = b"POST /api/v1/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Le"
HONEST = (
    Kind("one statement", lambda s: s.check(s.fresh(1)), (200,), 4),
    Kind("a screen of text", lambda s: s.check(s.fresh(SENTENCES_A_SCREEN)), (200,), 3),
    Kind("a screen read before", lambda s: s.check(OFTEN_READ), (200,), 3),
    Kind("health", lambda s: s.ask("GET", "/api/v1/health"), (200,), 2),
    Kind("model", lambda s: s.ask("GET", "/api/v1/model"), (200,)),
    Kind("feedback", _feedback, (201,)),
    Kind("statistics", lambda s: s.ask("GET", "/api/v1/statistics"), (200,)),
)
HOSTILE = (
    Kind("another name (DNS rebinding)", lambda s: s.ask_with("GET", CHECK, {"Host": "evil.example"}), (403,)),
    Kind("a page's origin", lambda s: s.ask_with("POST", CHECK, {**JSON, **FOREIGN}, b"{}"), (403,)),
    Kind("a preflight", lambda s: s.ask_with("OPTIONS", CHECK, FOREIGN), (200, 204, 403)),
    Kind("no JSON", lambda s: s.ask_with("POST", CHECK, JSON, b'{"blocks": ['), (400,)),
    Kind("a form", lambda s: s.ask_with("POST", CHECK, {"Content-Type": "text/plain"}, _blocks("a")), (415,)),
    Kind("JSON in depth", lambda s: s.ask_with("POST", CHECK, JSON, b"[" * 200_000), (400, 422)),
    Kind("too many blocks", lambda s: s.ask_with("POST", CHECK, JSON, _blocks(*"a" * 501)), (422,)),
    Kind("a block too long", lambda s: s.ask_with("POST", CHECK, JSON, _blocks("a" * 20_001)), (422,)),
    Kind("a body too large", lambda s: s.ask_with("POST", CHECK, JSON, b"x" * (1 << 20) + b"x"), (413,)),
    Kind("no such address", lambda s: s.ask_with("GET", "/wp-login.php", {}), (404,)),
    Kind("a wrong method", lambda s: s.ask_with("DELETE", CHECK, {}), (405,)),
    Kind("a wall of text", lambda s: s.ask_with("POST", CHECK, JSON, _blocks("word " * 3999)), (200,)),
    Kind("headers without end", lambda s: s.say(b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 20_000 + b"\r\n"), (400, 431, 0)),
    Kind("no HTTP", lambda s: s.say(s.chance.randbytes(500) + b"\r\n\r\n"), (400, 0)),
    Kind(
        "half a request",
        lambda s: s.say(HALF),
        (400, 408, 0),
    ),
)
