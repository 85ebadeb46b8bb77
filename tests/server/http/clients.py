"""What the tests of slow, greedy and many clients share: raw connections, and checks that wait."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable, Sequence

import pytest

from fake_news.detection.detector import Detector
from tests.server.conftest import Answer

PAGE = {"blocks": [{"id": "b1", "text": "Taxes rose by 4 percent in 2020."}]}


def read_answer(connection: socket.socket) -> Answer:
    """Read one answer off a connection."""
    response = http.client.HTTPResponse(connection)
    response.begin()
    return Answer(response.status, response.headers, response.read())


def is_closed(connection: socket.socket) -> bool:
    """Whether the server has ended the connection; waits for it, or for the next byte."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


class HeldDetector:
    """Makes the detector wait in the middle of a check until the test lets it go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.entered = threading.Semaphore(0)
        self._go_on = threading.Event()
        check_many = Detector.check_many

        def held(detector: Detector, texts: Sequence[str]) -> object:
            self.entered.release()
            assert self._go_on.wait(60)
            return check_many(detector, texts)

        monkeypatch.setattr(Detector, "check_many", held)

    def release(self) -> None:
        """Let every check go on."""
        self._go_on.set()


def in_background(ask: Callable[[], Answer]) -> Callable[[], Answer]:
    """Ask in a thread of its own; the function that is returned waits for the answer."""
    answers: list[Answer] = []
    thread = threading.Thread(target=lambda: answers.append(ask()))
    thread.start()

    def result() -> Answer:
        thread.join(60)
        return answers[0]

    return result
