"""Servers that fail, each in one of the four ways that the extension tells apart."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from tests.extension.local_http import QuietHandler, serving_in_a_thread

MUCH_LONGER_THAN_ANY_TIME_OUT = 120


@contextmanager
def unreachable() -> Iterator[str]:
    """An address where nothing listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, never listening: every connection is refused
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def silent() -> Iterator[str]:
    """A server that takes a request and never answers."""
    over = threading.Event()

    class Silent(FaultyHandler):
        def answer(self) -> None:
            over.wait(MUCH_LONGER_THAN_ANY_TIME_OUT)
            self.close_connection = True

    with _serving(Silent) as address:
        try:
            yield address
        finally:
            over.set()


def bad_status() -> AbstractContextManager[str]:
    """A server that answers each request with status 500."""

    class Failing(FaultyHandler):
        def answer(self) -> None:
            self.send_whole(500, "text/html", b"out of order")

    return _serving(Failing)


def bad_answer() -> AbstractContextManager[str]:
    """A server that is not Plumbline's: status 200, and something else in the body."""

    class Stranger(FaultyHandler):
        def answer(self) -> None:
            self.send_whole(200, "text/html", b"<!doctype html><title>It works!</title>")

    return _serving(Stranger)


FAULTS: dict[str, Callable[[], AbstractContextManager[str]]] = {
    "unreachable": unreachable,
    "timeout": silent,
    "bad-status": bad_status,
    "bad-answer": bad_answer,
}


class FaultyHandler(QuietHandler):
    """Read the request, then answer in the way of the subclass."""

    def answer(self) -> None:
        raise NotImplementedError

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer()


@contextmanager
def _serving(handler: type[FaultyHandler]) -> Iterator[str]:
    with serving_in_a_thread(handler) as port:
        yield f"http://127.0.0.1:{port}"
