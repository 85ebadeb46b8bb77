"""What the small servers of the tests share: they run in a thread, say nothing, and send a whole answer at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class QuietHandler(BaseHTTPRequestHandler):
    """Answers without a log."""

    def send_whole(self, status: int, content_type: str, body: bytes) -> None:
        """Send an answer, unless the client no longer waits, which some tests are about."""
        try:
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def serving_in_a_thread(handler: Any) -> Iterator[int]:
    """Serve with a handler, a class or something that makes one, while the context lasts; the port is the value."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="a test's server")
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()
