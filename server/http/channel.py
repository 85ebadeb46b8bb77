"""One connection: its time limits, and waitress's own errors in the contract's shape."""

from __future__ import annotations

import json
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask, WSGITask

from server import limits
from server.errors import from_status

ARRIVED = "plumbline.arrived"
"""Key in the WSGI environment: when the request had arrived in full (monotonic seconds)."""

IS_WANTED = "plumbline.is_wanted"
"""Key in the WSGI environment: a function that returns whether the client still waits for the answer."""


@dataclass(frozen=True)
class Refusal:
    """Why a request is not passed on, as waitress's own errors are."""

    code: int


class _Request(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """A request that has a path from the start.

    Waitress logs the path when a client disconnects before its answer, even if no path has arrived: without one, the
    answering thread would fail, and the connection would stay open forever.
    """

    path = ""


class _JSONErrorTask(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """The answer to a request that never reaches Flask, such as a malformed one."""

    def execute(self) -> None:
        error = from_status(self.request.error.code)
        body = json.dumps(error.body()).encode()
        self.status = f"{error.status.value} {error.status.phrase}"
        self.response_headers += [
            ("Content-Type", "application/json"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            ("Vary", "Origin"),
            *error.headers.items(),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _TimedTask(WSGITask):  # type: ignore[misc]  # waitress has no types
    """A request that knows when it arrived: time in the queue counts."""

    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        environ[ARRIVED] = self.channel.waiting_since
        environ[IS_WANTED] = self.channel.is_wanted
        return environ


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """A connection that is closed when it keeps the server waiting.

    Attributes
    ----------
    waiting_since : float
        When the last step happened: connected, request begun, request complete, answered. On a monotonic clock, so
        that setting the clock back neither closes nor keeps a connection.
    is_refused : bool
        Whether its last answer is a refusal, after which it ends.
    is_ending : bool
        Whether that answer has been sent, and the connection is open only for the client to read it.
    """

    task_class = _TimedTask
    error_task_class = _JSONErrorTask
    parser_class = _Request
    request: Any  # what has arrived of the next request

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.waiting_since = time.monotonic()
        self.is_refused = False
        self.is_ending = False
        super().__init__(*arguments, **options)

    def received(self, data: bytes) -> bool:
        """Read; the time for a request runs from its first byte. What a refused client still sends is dropped."""
        if self.is_ending:
            return False
        begins = self.request is None
        result = bool(super().received(data))
        if begins or self.request is None:
            self.waiting_since = time.monotonic()
        return result

    def service(self) -> None:
        """Answer; the time to read the answer, or to send another request, starts here."""
        self.is_refused = self.requests[0].error is not None
        super().service()
        self.waiting_since = time.monotonic()

    def handle_close(self) -> None:
        """Close; a refused client first gets to read why, as bytes that arrive after a close would discard it."""
        if self.is_refused and self.connected and not self.is_ending and not self.total_outbufs_len:
            self.is_ending = True
            self.will_close = self.close_when_flushed = False
            self.waiting_since = time.monotonic()
            with suppress(OSError):  # closed already: the next turn notices
                self.socket.shutdown(socket.SHUT_WR)
        else:
            super().handle_close()

    def is_wanted(self) -> bool:
        """Return whether the client still waits for its answer, and the server is not stopping."""
        try:
            has_left = self.socket.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:  # no data: the client is waiting
            has_left = False
        except (OSError, AttributeError):  # closed already
            has_left = True
        return not (has_left or self.server.is_stopping)

    def end_if_too_slow(self) -> None:
        """Refuse a request that does not arrive; close a connection that says nothing or does not read its answer."""
        waited = time.monotonic() - self.waiting_since
        if self.requests:
            return
        if self.is_ending:
            if waited > limits.REFUSED_SECONDS:
                self.handle_close()
        elif self.total_outbufs_len:
            if waited > limits.IDLE_SECONDS:
                self.handle_close()  # will_close would wait until the client can be written to
        elif self.request is not None and waited > limits.SENDING_SECONDS:
            self._refuse(408)
        elif waited > limits.IDLE_SECONDS:
            self.will_close = True

    def keeps_waiting(self) -> bool:
        """Return whether the server has been waiting for the client for a while."""
        if self.requests or self.is_refused:
            return False
        return time.monotonic() - self.waiting_since > limits.PATIENCE_SECONDS

    def make_room(self) -> None:
        """Close a connection in favour of another, with a 503 if the client can still read one."""
        if self.total_outbufs_len or self.will_close or self.close_when_flushed:
            super().handle_close()
        else:
            self._refuse(503)

    def _refuse(self, status: int) -> None:
        self.is_refused = True
        with self.requests_lock:
            refused, self.request = self.request or self.parser_class(self.adj), None
            refused.error = Refusal(status)
            self.requests.append(refused)
            self.server.add_task(self)
