"""One visit to a server that was just started: python3 .ci/ask.py ADDRESS, its token in PLUMBLINE_TOKEN."""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from typing import Any
from urllib.parse import urlsplit

PATIENCE_SECONDS = 120
TEXT = "Thank you all for coming. Taxes rose by 4 percent in 2020."


class Server:
    """A server at an address."""

    def __init__(self, address: str) -> None:
        self.place = urlsplit(address).netloc

    def ask(self, method: str, path: str, document: Any = None, token: str = "") -> tuple[int, bytes]:
        """The status and the body of an answer."""
        connection = http.client.HTTPConnection(self.place, timeout=60)
        try:
            body = None if document is None else json.dumps(document).encode()
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def wait(self) -> None:
        """Return once it is healthy."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                status, body = self.ask("GET", "/api/v1/health")
                if status == 200 and json.loads(body)["ready"]:
                    return
                said = str(status)
            except (OSError, http.client.HTTPException) as error:
                said = type(error).__name__
            if time.monotonic() > deadline:
                raise SystemExit(f"{self.place} is not healthy after {PATIENCE_SECONDS} s: {said}")
            time.sleep(0.5)


def main() -> None:
    """Wait for health; have a text judged and feedback stored, see the figures, be refused without the token."""
    server, token = Server(sys.argv[1]), os.environ["PLUMBLINE_TOKEN"]
    server.wait()
    check = {"blocks": [{"id": "b1", "text": TEXT}]}
    feedback = {"statement": "Taxes rose by 4 percent in 2020.", "label": "unsure", "correction": "true"}
    for method, path, document, key, expected in (
        ("POST", "/api/v1/check", check, "", 401),
        ("POST", "/api/v1/check", check, token, 200),
        ("POST", "/api/v1/feedback", feedback, token, 201),
        ("GET", "/api/v1/feedback", None, token, 200),
        ("GET", "/metrics", None, token, 200),
    ):
        status, body = server.ask(method, path, document, key)
        if status != expected:
            raise SystemExit(f"{method} {path} was answered with {status}, not {expected}: {body[:300]!r}")
        if path == "/api/v1/check" and status == 200:
            found = json.loads(body)["blocks"][0]["statements"]
            if len(found) != 2:
                raise SystemExit(f"{len(found)} statements were found in two sentences.")
    sys.stdout.write(f"{server.place} judges, stores and counts, and refuses strangers.\n")


if __name__ == "__main__":
    main()
