"""A server between the extension and the real one: it passes everything on and remembers every block of text."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar
from urllib.parse import urlsplit

from tests.extension.local_http import QuietHandler, serving_in_a_thread

PASSED_ON = ("Content-Type", "Origin")


class RecordingServer:
    """What was asked and answered, in the order of the answers."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.exchanges: list[tuple[dict[str, Any], dict[str, Any]]] = []

    @property
    def texts(self) -> list[str]:
        """Every text that left the browser."""
        return [block["text"] for request, _ in self.exchanges for block in request["blocks"]]

    @property
    def statements(self) -> list[tuple[str, dict[str, Any]]]:
        """Every statement that came back, with its words."""
        return [
            (slice_utf16(block["text"], statement["start"], statement["end"]), statement)
            for request, response in self.exchanges
            for block, answered in zip(request["blocks"], response["blocks"], strict=True)
            for statement in answered["statements"]
        ]


def slice_utf16(text: str, start: int, end: int) -> str:
    """The part of a text between two offsets in UTF-16 code units, which is how JavaScript counts."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


class RecordingHandler(QuietHandler):
    """Ask the real server the same and hand its answer back unchanged."""

    real_address: ClassVar[str]
    record: ClassVar[RecordingServer]

    def do_GET(self) -> None:
        self._pass_on(None)

    def do_POST(self) -> None:
        self._pass_on(self.rfile.read(int(self.headers["Content-Length"])))

    def _pass_on(self, body: bytes | None) -> None:
        real = http.client.HTTPConnection(urlsplit(self.real_address).netloc, timeout=30)
        headers = {name: self.headers[name] for name in PASSED_ON if name in self.headers}
        real.request(self.command, self.path, body, headers)
        response = real.getresponse()
        answer = response.read()
        real.close()
        if body is not None and response.status == 200 and self.path.endswith("/check"):
            self.record.exchanges.append((json.loads(body), json.loads(answer)))
        self.send_whole(response.status, response.headers["Content-Type"], answer)


@contextmanager
def recording(real_address: str) -> Iterator[RecordingServer]:
    """Record what passes while the context lasts."""

    class Handler(RecordingHandler):
        pass

    Handler.real_address = real_address
    with serving_in_a_thread(Handler) as port:
        Handler.record = RecordingServer(port)
        yield Handler.record
