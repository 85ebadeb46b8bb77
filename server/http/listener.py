"""The listening server: waitress, with limits so that slow or many clients do not block it."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from fake_news.common.errors import PlumblineError
from server import limits
from server.http.channel import Channel, Refusal
from server.judging.checker import deadline_for
from server.judging.request_queue import RequestQueue

if TYPE_CHECKING:
    from flask import Flask

logger = logging.getLogger(__name__)

THREADS = limits.JUDGED_AT_ONCE
# Health, metrics and feedback do not wait until a long page is judged.
JUDGING = ("/api/v1/check", "/api/v1/influence")
OTHER_THREADS = 2
# Health checks decide whether the server is restarted: always answered, however long the queue.
HEALTH = "/api/v1/health"
_AT_ONCE = 64
"""Connections taken in one turn of the loop, and refused ones that are kept until they have read why."""
# A language model may take many seconds; other requests do not wait for it, and none is queued for it.
LANGUAGE_MODEL = "/api/v1/judge"
LANGUAGE_MODEL_THREADS = 3
# What waitress reads before Flask refuses: a client that sends too much should get to read the refusal, which is lost
# when the connection is closed while it still writes (RFC 9112, section 9.6). Beyond this it is closed all the same.
READ_BYTES = 8 * 1024 * 1024
_WINDOWS_KEEPS_THE_PORT = 10013
_TICK_SECONDS = 1.0
_FINISHING_SECONDS = limits.REQUEST_SECONDS
_ARRIVING_SECONDS = 2.0
"""How long a stop waits for requests that have begun to arrive."""


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """A waitress server in which no client keeps another out, and which finishes open requests before it stops.

    Slow clients: a request must arrive within ``limits.SENDING_SECONDS`` (408 after that), and where all connections
    are taken, those that have kept the server waiting longest make room (slowloris), with a 503.
    Many requests: what does not fit into the queue is answered 503 at once.

    Connections are closed only between two turns of the loop, or by the turn that looks at them. Within a turn, an
    accepted connection would get the file number of a closed one, and with it the event that the closed one can be
    read.
    """

    channel_class = Channel

    def __init__(self, app: Flask, listening: socket.socket, queue: RequestQueue) -> None:
        adjustments = Adjustments(
            max_request_header_size=limits.HEADER_BYTES,
            max_request_body_size=READ_BYTES,
            ident=None,
            clear_untrusted_proxy_headers=True,
        )
        where = (listening.family, listening.type, listening.proto, listening.getsockname())
        self._queue = queue
        self.is_stopping = False
        self._next_look = 0.0
        self._refusing = _dispatcher(1)
        self._answering = _dispatcher(OTHER_THREADS)
        self._health = _dispatcher(1)
        self._asking_model = _dispatcher(LANGUAGE_MODEL_THREADS)
        self._most_connections = limits.available_connections(limits.CONNECTIONS + 2 * _AT_ONCE) - 2 * _AT_ONCE
        judging = _dispatcher(THREADS)
        super().__init__(
            app, {}, True, listening, dispatcher=judging, adj=adjustments, sockinfo=where, bind_socket=False
        )

    def add_task(self, channel: Channel) -> None:
        """Queue the next request of a channel; one that is refused anyway does not wait."""
        request = channel.requests[0]
        dispatcher = self._refusing
        if request.error is None:  # otherwise it may not even have a path
            of_path = {
                **dict.fromkeys(JUDGING, self.task_dispatcher),
                LANGUAGE_MODEL: self._asking_model,
                HEALTH: self._health,
            }
            dispatcher = of_path.get(request.path, self._answering)
            if self._turns_away(dispatcher, channel):
                request.error = Refusal(503)
                dispatcher = self._refusing
        dispatcher.add_task(channel)

    def _turns_away(self, dispatcher: ThreadedTaskDispatcher, channel: Channel) -> bool:
        waiting = len(dispatcher.queue)
        if dispatcher is self.task_dispatcher:
            return self._queue.turns_away(waiting, deadline_for(channel.waiting_since))
        return dispatcher in (self._answering, self._asking_model) and waiting >= limits.WAITING_REQUESTS

    def readable(self) -> bool:
        """Return whether to accept connections: until the stop, and while there is room; others wait in the kernel."""
        return self.accepting and len(self.active_channels) < self._most_connections + 2 * _AT_ONCE

    def handle_accept(self) -> None:
        """Accept the waiting connections."""
        for _ in range(_AT_ONCE):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before or not self.readable():
                break

    def _make_room(self) -> None:
        """End the connections beyond the limit; last those whose answer is on its way."""
        leaving = [channel for channel in self.active_channels.values() if channel.is_refused]
        excess = len(self.active_channels) - len(leaving) - self._most_connections
        if excess > 0:
            waited_for = [channel for channel in self.active_channels.values() if channel.keeps_waiting()]
            waited_for.sort(key=lambda channel: (channel.total_outbufs_len > 0, channel.waiting_since))
            for channel in waited_for[:excess]:
                channel.make_room()
        ending = [channel for channel in leaving if channel.is_ending]
        ending.sort(key=lambda channel: channel.waiting_since)
        for channel in ending[: max(len(ending) - _AT_ONCE, 0)]:
            channel.handle_close()

    def run(self) -> None:
        """Answer until ``stop`` is called, then finish what is in flight and return."""
        while not self.is_stopping:
            self._turn(_TICK_SECONDS)
            self._make_room()
            if time.monotonic() >= self._next_look:
                self._next_look = time.monotonic() + _TICK_SECONDS
                for channel in list(self.active_channels.values()):
                    channel.end_if_too_slow()
        self.accepting = False
        stopped_at = time.monotonic()
        while self._is_busy(time.monotonic() - stopped_at):
            self._turn(0.1)
        for dispatcher in (self.task_dispatcher, self._answering, self._health, self._asking_model, self._refusing):
            dispatcher.shutdown()
        wasyncore.close_all(self._map)

    def _turn(self, seconds: float) -> None:
        # poll, where available: select does not support file numbers above 1023
        wasyncore.loop(timeout=seconds, map=self._map, count=1, use_poll=True)

    def stop(self) -> None:
        """Make ``run`` return soon; may be called from a signal handler."""
        self.is_stopping = True
        self.pull_trigger()

    def _is_busy(self, seconds_since_stop: float) -> bool:
        channels = list(self.active_channels.values())
        if seconds_since_stop < _ARRIVING_SECONDS and any(channel.request is not None for channel in channels):
            return True
        is_answering = any(channel.requests or channel.total_outbufs_len for channel in channels)
        return is_answering and seconds_since_stop < _FINISHING_SECONDS


def _dispatcher(threads: int) -> ThreadedTaskDispatcher:
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(threads)
    return dispatcher


def open_socket(host: str, port: int) -> socket.socket:
    """Bind a listening socket.

    Raises
    ------
    PlumblineError
        If the port is taken, or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # by number: what "localhost" resolves to is up to a file that others may have written
    address = "127.0.0.1" if host.lower() == "localhost" else host
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # SO_REUSEADDR would let a second program take the port on Windows
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((address, port))
        listening.listen()
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PlumblineError(
                f"Port {port} of {host} is taken by another program, or by a Plumbline that runs already.",
                "Stop it, or choose another port with --port.",
            ) from None
        if getattr(error, "winerror", None) == _WINDOWS_KEEPS_THE_PORT:
            raise PlumblineError(
                f"Windows keeps port {port} for itself, or for Hyper-V, WSL or Docker (WinError 10013).",
                "Choose another with --port; `netsh interface ipv4 show excludedportrange protocol=tcp` lists them.",
            ) from None
        raise PlumblineError(
            f"Cannot listen on port {port} of {host}: {error.strerror}.", "Choose another port with --port."
        ) from None
    return listening


def address_of(listening: socket.socket) -> str:
    """Return the base URL of what listens on a socket."""
    host, port, *_ = listening.getsockname()
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: Flask, listening: socket.socket, queue: RequestQueue) -> None:
    """Answer requests until Ctrl-C or SIGTERM, then finish those that run and return."""
    # a page is sent in several requests at once: a short queue is not worth a warning
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = Server(app, listening, queue)
    with _stopped_by_signals(server):
        server.run()


@contextmanager
def _stopped_by_signals(server: Server) -> Iterator[None]:
    def stop(*_: Any) -> None:
        server.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
