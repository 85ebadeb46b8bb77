"""A client that can say anything to the server, also what no well-behaved client says."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.checkpoint_folders import CHECKPOINTS
from server import service as service_module
from server.app import create_app
from server.configuration import Configuration
from server.http.listener import Server, open_socket
from server.judging.live_detector import LiveDetector
from server.service import Service
from tests.conftest import RunningServer


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> Any:
        """The body, which must be JSON and declared so."""
        assert self.headers["Content-Type"] == "application/json"
        return json.loads(self.body)

    def error_code(self) -> str:
        """The code of an error of the one shape; anything else fails the test."""
        document = self.json()
        assert set(document) == {"error"}
        error = document["error"]
        assert set(error) == {"code", "message", "hint"}
        assert all(isinstance(value, str) and value for value in error.values())
        assert b"<" not in self.body
        return str(error["code"])


class Client:
    """Talks to one server over real sockets."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | Iterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request; a ``Host`` among the headers replaces the honest one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            all_headers = {"Host": f"127.0.0.1:{self.port}", **(headers or {})}
            connection.request(method, path, body=body, headers=all_headers)  # an iterable is sent in chunks
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def send(self, method: str, path: str, document: Any, **headers: str) -> Answer:
        """Send a document as JSON."""
        body = json.dumps(document).encode()
        return self.ask(method, path, body=body, headers={"Content-Type": "application/json", **headers})

    def check(self, document: Any, **headers: str) -> Answer:
        """POST a document as JSON to /api/v1/check."""
        return self.post(json.dumps(document).encode(), **headers)

    def post(self, body: bytes | Iterable[bytes], **headers: str) -> Answer:
        """POST a body as it is to /api/v1/check, declared as JSON."""
        return self.ask("POST", "/api/v1/check", body=body, headers={"Content-Type": "application/json", **headers})

    def check_text(self, text: str) -> list[dict[str, Any]]:
        """The statements of one text."""
        answer = self.check({"blocks": [{"id": "b1", "text": text}]})
        assert answer.status == 200
        [block] = answer.json()["blocks"]
        assert block["id"] == "b1"
        statements: list[dict[str, Any]] = block["statements"]
        return statements

    def raw(self, request: bytes) -> Answer:
        """Send bytes to the socket and read what comes back as HTTP."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            connection.sendall(request)
            response = http.client.HTTPResponse(connection)
            response.begin()
            return Answer(response.status, response.headers, response.read())


@pytest.fixture(scope="session")
def client(running_server: RunningServer) -> Client:
    """A client of the running server."""
    return Client(running_server.port)


class HereClient(Client):
    """A client of a server in this process."""

    def __init__(self, server: Server) -> None:
        super().__init__(int(server.effective_port))
        self.server = server


@pytest.fixture(scope="session")
def live_detector() -> LiveDetector:
    """The shipped detector, loaded once for the servers in this process."""
    return LiveDetector(CHECKPOINTS)


@contextmanager
def served_here(configuration: Configuration) -> Iterator[Server]:
    """Run the real listener on a real socket in this process, where a test can set the limits and hold the detector."""
    with ExitStack() as stack:
        listening = stack.enter_context(open_socket("127.0.0.1", 0))
        service = Service(configuration)
        stack.callback(service.stop)
        server = Server(create_app(service), listening, service.queue)
        thread = threading.Thread(target=server.run)
        thread.start()
        stack.callback(thread.join, 30)
        stack.callback(server.stop)
        yield server


@pytest.fixture
def serve_here(
    tmp_path: Path, live_detector: LiveDetector, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], HereClient]]:
    """Start a server in this process, and talk to it."""
    monkeypatch.setattr(service_module, "LiveDetector", lambda *_: live_detector)
    with ExitStack() as stack:
        yield lambda: HereClient(stack.enter_context(served_here(Configuration(data_folder=tmp_path))))
