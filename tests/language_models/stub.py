"""A server of language models that says what a test wants, in the protocol of a real one, over real HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from tests.language_models.protocols import LlamaCpp, Ollama
from tests.language_models.scripted_answers import Write

MODEL = "small"
LONGEST_WAIT = 60.0
Fault = Callable[["StubHandler"], None]
"""Answers a question in some bad way."""


class Stub:
    """Where it is, and what it was asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.questions: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.asked = threading.Event()
        self.was_left = threading.Event()
        """Whoever asked hung up before the answer was complete."""
        self.over = threading.Event()


class StubHandler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    protocol: ClassVar[Ollama | LlamaCpp]
    write: ClassVar[Write]
    fault: ClassVar[Fault | None]
    streams: ClassVar[bool]
    stub: ClassVar[Stub]

    def version_string(self) -> str:
        return self.protocol.server

    def do_GET(self) -> None:
        found = self.protocol.paths(MODEL).get(self.path)
        self.send_json(200 if found else 404, found or {"error": {"message": "File Not Found", "code": 404}})

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.stub.questions.append(question)
        self.stub.keys.append(self.headers["Authorization"])
        self.stub.asked.set()
        try:
            if self.fault is not None:
                type(self).fault(self)  # type: ignore[misc]  # a function of the test's, not a method
            elif self.path != "/v1/chat/completions" or question["model"] != MODEL:
                self.send_json(*self.protocol.not_found())
            elif question["stream"] and self.streams:
                self.send_events(self.protocol.events(MODEL, type(self).write(question)))
            else:
                self.send_json(200, self.protocol.whole(MODEL, type(self).write(question)))
        except ConnectionError:
            self.stub.was_left.set()
            self.close_connection = True

    def send_json(self, status: int, content: Any) -> None:
        """A whole answer."""
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_events(self, events: Iterator[str]) -> None:
        """Server-sent events in chunks, as both real servers send them."""
        self.begin_events()
        for event in events:
            self.send_chunk(event.encode())
        self.send_chunk(b"")

    def begin_events(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def send_chunk(self, content: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
        self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def language_model(
    write: Write, protocol: Ollama | LlamaCpp | None = None, *, fault: Fault | None = None, streams: bool = True
) -> Iterator[Stub]:
    """Serve a model while the context lasts.

    Parameters
    ----------
    fault : answers in place of the model
    streams : whether it streams where it is asked to; some servers do not with a schema
    """

    class Handler(StubHandler):
        pass

    Handler.protocol, Handler.streams = protocol or Ollama(), streams
    Handler.write = staticmethod(write)
    Handler.fault = staticmethod(fault) if fault else None
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # connections that break are what is tested
        Handler.stub = stub = Stub(f"http://127.0.0.1:{server.server_port}/v1")
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="a stub language model")
        thread.start()
        try:
            yield stub
        finally:
            stub.over.set()
            with suppress(OSError):
                server.shutdown()
            thread.join()
