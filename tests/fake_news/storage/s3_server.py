"""A real S3 server in a process of its own (moto's), and a proxy before it that can be told to misbehave."""

from __future__ import annotations

import http.client
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, cast

# Prints its port and serves until its standard input ends.
_SERVER = """
import sys
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer("127.0.0.1", 0)
server.start()
sys.stdout.write(f"{server.get_host_and_port()[1]}\\n")
sys.stdout.flush()
sys.stdin.read()
server.stop()
"""
Fault = Callable[[str, str], bytes | int | None]
"""From method and path to the answer that comes instead: a status, nothing but a cut connection (b""), or None."""


@contextmanager
def s3_server() -> Iterator[int]:
    """The port of a running server."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            lines = iter(cast(IO[str], process.stdout).readline, "")
            yield next(int(line) for line in lines if line.strip().isdigit())  # moto greets first
        finally:
            cast(IO[str], process.stdin).close()
            process.wait(timeout=30)


class FaultyProxy(ThreadingHTTPServer):
    """Hands requests on to the server, unless the fault in force answers instead."""

    daemon_threads = True

    def __init__(self, upstream: int) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.upstream = upstream
        self.fault: Fault = lambda method, path: None
        self.requests: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        """What AWS_ENDPOINT_URL has to say."""
        return f"http://127.0.0.1:{self.server_port}"

    def count(self, method: str, part: str) -> int:
        """How many requests came with this method and with this in their path."""
        return sum(seen == method and part in path for seen, path in self.requests)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultyProxy

    def _hand_on(self) -> None:
        self.server.requests.append((self.command, self.path))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = self.server.fault(self.command, self.path)
        if answer == b"":
            self.close_connection = True
            self.connection.close()
        elif answer is not None:
            self.send_response(cast(int, answer))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._ask(body)

    def _ask(self, body: bytes) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.upstream, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        connection.request(self.command, self.path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "content-length", "date", "server", "transfer-encoding"):
                self.send_header(name, value)
        length = answer.getheader("Content-Length") if self.command == "HEAD" else str(len(content))
        self.send_header("Content-Length", length or "0")
        self.end_headers()
        self.wfile.write(content)
        connection.close()

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _hand_on  # noqa: N815

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: tests have their own words."""


@contextmanager
def faulty_proxy(upstream: int) -> Iterator[FaultyProxy]:
    """A running proxy."""
    with FaultyProxy(upstream) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield proxy
        finally:
            proxy.shutdown()
            thread.join()
