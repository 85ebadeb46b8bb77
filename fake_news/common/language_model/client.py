"""A client of one language model, and the identity of the weights behind its name, which can change.

The protocol: https://github.com/ollama/ollama/blob/main/docs/openai.md and llama.cpp's tools/server.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import Event, Thread
from typing import Any

from fake_news.common.language_model.endpoint import Endpoint, LanguageModelError, NoLongerWantedError
from fake_news.common.language_model.responses import read_completion, read_json

IsWanted = Callable[[], bool]

CONNECT_SECONDS = 5.0
_LOOK_SECONDS = 0.1
_START = "Is it running? For Ollama: ollama serve"


def always_wanted() -> bool:
    """Keep waiting: the default."""
    return True


class _Watch:
    """Closes a connection when its time is over, or when the answer is no longer wanted.

    The timeout of a socket starts over with each byte, so that one byte a second could go on forever.
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
    """Send one request and yield the response, to be read within the context.

    Whatever goes wrong while it is read, here or in the context, becomes one of the two errors.

    Parameters
    ----------
    seconds : time from the first byte of the request to the last of the answer
    is_wanted : called ten times a second

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


SECONDS = 20.0
"""For one answer."""
MOST_TOKENS = 500


class LanguageModel:
    """Asks one model, with temperature 0 and a fixed seed: the same question should get the same answer.

    Parameters
    ----------
    endpoint : where it is
    streams : whether the answer is streamed, so that the server stops generating when the connection is closed
    """

    def __init__(self, endpoint: Endpoint, *, streams: bool = True) -> None:
        self.endpoint = endpoint
        self._streams = streams

    def ask(
        self,
        messages: Sequence[Mapping[str, str]],
        schema: Mapping[str, Any],
        *,
        seconds: float = SECONDS,
        is_wanted: IsWanted = always_wanted,
    ) -> str:
        """Ask the model and return what it writes; the caller has to check it against the schema.

        Raises
        ------
        LanguageModelError
            If there is no answer, or it is too long or too late.
        NoLongerWantedError
            If it is no longer wanted.
        """
        question = {
            "model": self.endpoint.model,
            "messages": list(messages),
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "reading", "strict": True, "schema": schema},
            },
            "temperature": 0,
            "seed": 0,
            "max_tokens": MOST_TOKENS,
            "stream": self._streams,
        }
        path = f"{self.endpoint.path}/chat/completions"
        body = json.dumps(question).encode()
        with exchange(self.endpoint, "POST", path, body=body, seconds=seconds, is_wanted=is_wanted) as response:
            return read_completion(response)


_SECONDS = 5.0
_CHUNK = 1 << 20
_OK = 200


def digest_of(endpoint: Endpoint) -> str | None:
    """Fetch the SHA-256 of a model's weights or manifest; ``None`` where its server does not say.

    Ollama names a digest (``/api/tags``). llama.cpp names the file it reads (``/props``), which is hashed if it lies on
    this machine. LM Studio names neither.

    Raises
    ------
    LanguageModelError
        If nothing answers.
    """
    root = endpoint.path.removesuffix("/v1")
    tags = _json(endpoint, f"{root}/api/tags")
    models = tags.get("models") if isinstance(tags, dict) else None
    for model in models if isinstance(models, list) else []:
        if isinstance(model, dict) and model.get("name") in (endpoint.model, f"{endpoint.model}:latest"):
            digest = model.get("digest")
            return f"ollama:{digest}" if isinstance(digest, str) and digest.isalnum() else None
    props = _json(endpoint, f"{root}/props")
    place = props.get("model_path") if isinstance(props, dict) else None
    return _digest_of_file(place) if isinstance(place, str) and endpoint.is_loopback else None


def answers(endpoint: Endpoint) -> bool:
    """Whether a server of this protocol answers now."""
    try:
        return _json(endpoint, f"{endpoint.path}/models") is not None
    except LanguageModelError:
        return False


def _json(endpoint: Endpoint, path: str) -> Any:
    """Fetch the JSON at a path; ``None`` where there is none."""
    with exchange(endpoint, "GET", path, seconds=_SECONDS) as response:
        if response.status != _OK or response.headers.get_content_type() != "application/json":
            return None
        return read_json(response)


def _digest_of_file(place: str) -> str | None:
    path = Path(place)
    try:
        if not path.is_absolute() or not path.is_file():
            return None
        status = path.stat()
        return f"file:{_hashed(path, status.st_size, status.st_mtime_ns)}"
    except OSError as error:
        raise LanguageModelError(f"{path} cannot be read ({error.strerror}).", "May this account read it?") from error


@lru_cache(maxsize=8)
def _hashed(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        return digest.hexdigest()
