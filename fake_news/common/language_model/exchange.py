"""One HTTP exchange that is bounded as a whole: however slowly the other side speaks, it ends in time."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from fake_news.common.language_model.endpoint import Endpoint
from fake_news.common.language_model.errors import LanguageModelError, NoLongerWantedError

IsWanted = Callable[[], bool]

CONNECT_SECONDS = 5.0
_LOOK_SECONDS = 0.1
_START = "Is it running? For Ollama: ollama serve"


def always_wanted() -> bool:
    """The default: the answer is wanted until it is there."""
    return True


class _Watch:
    """Cuts a connection when its time is over, or when nobody wants the answer any more.

    The time-out of a socket starts over with each byte, so that one byte a second would never end.
    """

    def __init__(self, connected: socket.socket, seconds: float, is_wanted: IsWanted) -> None:
        self._socket = connected
        self._deadline = time.monotonic() + seconds
        self._is_wanted = is_wanted
        self._is_over = Event()
        self.is_late = self.is_unwanted = False
        self._thread = Thread(target=self._look, name="language model's time", daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._is_over.wait(min(_LOOK_SECONDS, max(0.0, self._deadline - time.monotonic()))):
            self.is_late = time.monotonic() >= self._deadline
            self.is_unwanted = not self.is_late and not self._is_wanted()
            if self.is_late or self.is_unwanted:
                with suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)
                return

    def end(self) -> None:
        self._is_over.set()
        self._thread.join()


@contextmanager
def exchange(
    endpoint: Endpoint,
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    seconds: float,
    is_wanted: IsWanted = always_wanted,
) -> Iterator[http.client.HTTPResponse]:
    """Send one request and give the response, to be read while the context lasts.

    Whatever goes wrong while it is read, here or in the context, is one of the two errors.

    Parameters
    ----------
    seconds : for all of it, from the request's first byte to the answer's last
    is_wanted : looked at ten times a second

    Raises
    ------
    LanguageModelError
        If nothing can be reached, it takes too long, or the answer is not HTTP.
    NoLongerWantedError
        If it is no longer wanted.
    """
    connection = endpoint.connection(min(CONNECT_SECONDS, seconds))
    try:
        connection.connect()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        raise LanguageModelError(f"Nothing answers at {endpoint.address} ({_reason(error)}).", _START) from error
    connected = connection.sock
    connected.settimeout(seconds + CONNECT_SECONDS)  # the watch is earlier
    watch = _Watch(connected, seconds, is_wanted)
    response: http.client.HTTPResponse | None = None
    try:
        headers = endpoint.headers | ({"Content-Type": "application/json"} if body is not None else {})
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        yield response
        _check(watch, endpoint, seconds)  # a cut connection may look like the answer's end
    except (OSError, http.client.HTTPException, LanguageModelError) as error:
        _check(watch, endpoint, seconds)
        if isinstance(error, LanguageModelError):
            raise
        raise LanguageModelError(
            f"{endpoint.address} broke off ({_reason(error)}).", "Look into its own log."
        ) from error
    finally:
        watch.end()
        if response is not None:
            response.close()
        connection.close()


def _check(watch: _Watch, endpoint: Endpoint, seconds: float) -> None:
    if watch.is_unwanted:
        raise NoLongerWantedError from None
    if watch.is_late:
        raise LanguageModelError(
            f"{endpoint.address} did not answer within {seconds:.0f} seconds.", "Try a smaller model."
        ) from None


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
