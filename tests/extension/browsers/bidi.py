"""A client for WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): commands go out, results and events come in."""

from __future__ import annotations

import itertools
import json
from typing import Any

import websocket

ANSWER_WITHIN_SECONDS = 60


class BidiError(Exception):
    """The browser refused a command."""


class BidiConnection:
    """One WebSocket to one browser; it brings ``websocket-client``, which Selenium depends on.

    Firefox refuses a connection that carries an Origin header, hence ``suppress_origin``.
    """

    def __init__(self, address: str) -> None:
        self._socket = websocket.create_connection(address, suppress_origin=True, timeout=ANSWER_WITHIN_SECONDS)
        self._numbers = itertools.count(1)
        self._events: list[dict[str, Any]] = []

    def command(self, method: str, /, **parameters: Any) -> dict[str, Any]:
        """Send one command and wait for its result; events that arrive meanwhile are kept."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message: dict[str, Any] = json.loads(self._socket.recv())
            if message.get("id") != number:
                self._events.append(message)
            elif message["type"] == "error":
                raise BidiError(f"{method}: {message['error']}: {message['message']}")
            else:
                result: dict[str, Any] = message["result"]
                return result

    def take_events(self) -> list[dict[str, Any]]:
        """The events received since the last call."""
        events, self._events = self._events, []
        return events

    def close(self) -> None:
        """Close the WebSocket."""
        self._socket.close()
