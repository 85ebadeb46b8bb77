"""Extracting what a language model wrote from the protocol around it, whole or streamed.

Ollama and llama.cpp send the same shapes: ``chat.completion`` as JSON, ``chat.completion.chunk`` as server-sent events
that end with ``[DONE]``. Anything else is not a reply.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any

from fake_news.common.language_model.endpoint import LanguageModelError

MOST_BYTES = 1 << 20
"""Limit of an answer: about 300 bytes surround each streamed word."""
MOST_CHARACTERS = 8_000
"""Limit of what the model wrote."""
_MOST_ERROR = 200
_READ_AT_ONCE = 1 << 14
_END = "[DONE]"
_HINT = "Is it a server of the OpenAI protocol? Its address mostly ends in /v1."


def read_completion(response: http.client.HTTPResponse) -> str:
    """Read what the model wrote.

    Raises
    ------
    LanguageModelError
        If the status is an error's, the answer is too long, ends early, or is not of the protocol.
    """
    if response.status != http.HTTPStatus.OK:
        raise LanguageModelError(
            f"The language model's server answers {response.status}{_server_message(response)}.",
            "Does it have that model?",
        )
    kind = response.headers.get_content_type()
    if kind == "text/event-stream":
        return _streamed_content(response)
    if kind == "application/json":
        return _content(read_json(response))
    raise LanguageModelError(f"The language model's server answers with {kind[:_MOST_ERROR]!r}.", _HINT)


def read_json(response: http.client.HTTPResponse) -> Any:
    """Find the JSON of an answer.

    Raises
    ------
    LanguageModelError
        If it is too long or no JSON.
    """
    return _parsed(b"".join(_pieces(response)))


def _pieces(response: http.client.HTTPResponse) -> Iterator[bytes]:
    size = 0
    while piece := response.read1(_READ_AT_ONCE):
        size += len(piece)
        if size > MOST_BYTES:
            raise LanguageModelError("The language model's server does not stop answering.", "Try another model.")
        yield piece


def _streamed_content(response: http.client.HTTPResponse) -> str:
    written, size, has_stopped = [], 0, False
    for line in _lines(response):
        name, _, value = line.partition(b":")
        if name != b"data":
            continue  # comments keep a connection open; other fields do not matter
        if value.strip() == _END.encode():
            has_stopped = True
            break
        for choice in _choices(_parsed(value)):
            content = choice.get("delta", {}).get("content")
            has_stopped = has_stopped or isinstance(choice.get("finish_reason"), str)
            if isinstance(content, str):
                written.append(content)
                size += len(content)
        if size > MOST_CHARACTERS:
            raise _too_long()
    if not has_stopped:
        raise LanguageModelError("The language model's answer ends in the middle.", "Look into its own log.")
    return "".join(written)


def _lines(response: http.client.HTTPResponse) -> Iterator[bytes]:
    rest = b""
    for piece in _pieces(response):
        *lines, rest = (rest + piece).split(b"\n")
        yield from (line.rstrip(b"\r") for line in lines)
    yield rest.rstrip(b"\r")


def _content(answer: Any) -> str:
    for choice in _choices(answer):
        content = choice.get("message", {}).get("content")
        if isinstance(content, str):
            if len(content) > MOST_CHARACTERS:
                raise _too_long()
            return content
    raise LanguageModelError("The language model's answer holds no text.", _HINT)


def _choices(answer: Any) -> list[dict[str, Any]]:
    choices = answer.get("choices") if isinstance(answer, dict) else None
    if not isinstance(choices, list):
        raise LanguageModelError("The language model's answer is not of the protocol.", _HINT)
    return [
        choice
        for choice in choices
        if isinstance(choice, dict) and all(isinstance(choice.get(part, {}), dict) for part in ("delta", "message"))
    ]


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise LanguageModelError("The language model's server did not answer with JSON.", _HINT) from None


def _server_message(response: http.client.HTTPResponse) -> str:
    """Write the server's error message as one short printable line."""
    try:
        error = read_json(response)["error"]
        message = error["message"] if isinstance(error, dict) else error
    except (LanguageModelError, KeyError, TypeError):
        return ""
    words = " ".join("".join(char if char.isprintable() else " " for char in str(message)).split())
    return f": {words[:_MOST_ERROR]}" if words else ""


def _too_long() -> LanguageModelError:
    return LanguageModelError("The language model writes more than was asked of it.", "Try another model.")
