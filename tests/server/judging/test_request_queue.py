"""The queue before the detector: in order, bounded, and refused early rather than late."""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path

import pytest

from server.app import create_app
from server.configuration import Configuration
from server.errors import RequestError
from server.judging.request_queue import RequestQueue
from server.monitoring.metrics import Metrics
from server.service import Service
from tests.server.starting import wait_until


class Visitor:
    """A thread that enters the queue, and stays until `leave`."""

    def __init__(self, queue: RequestQueue, entered: list[Visitor], seconds: float = 60.0) -> None:
        self.was_refused = False
        self._queue, self._entered, self._deadline = queue, entered, time.monotonic() + seconds
        self._leave = threading.Event()
        self._thread = threading.Thread(target=self._visit)
        self._thread.start()

    def _visit(self) -> None:
        try:
            with self._queue.turn(self._deadline):
                self._entered.append(self)
                self._leave.wait(60)
        except RequestError as error:
            self.was_refused = error.code == "overloaded"

    def leave(self) -> None:
        self._leave.set()
        self._thread.join(60)

    def ends(self) -> None:
        self._thread.join(60)
        assert not self._thread.is_alive()


def figures(metrics: Metrics) -> dict[str, float]:
    lines = metrics.text("m").decode().splitlines()
    return {name: float(value) for name, _, value in (line.partition(" ") for line in lines) if name != "#"}


def test_first_come_first_served_and_too_many_are_refused_at_once() -> None:
    metrics = Metrics()
    queue = RequestQueue(2, 3, metrics)
    entered: list[Visitor] = []
    inside = [Visitor(queue, entered) for _ in range(2)]
    wait_until(lambda: len(entered) == 2)
    waiting = []
    for number in range(3):
        waiting.append(Visitor(queue, entered))
        wait_until(partial(lambda count: len(queue._waiting) == count, number + 1))
    refused = Visitor(queue, entered)
    refused.ends()
    assert refused.was_refused
    assert figures(metrics)["plumbline_checks_in_flight"] == 5
    assert figures(metrics)["plumbline_checks_turned_away_total"] == 1
    for number, visitor in enumerate([*inside, *waiting], 3):
        visitor.leave()
        wait_until(partial(lambda count: len(entered) == count, min(number, 5)))
    assert entered[2:] == waiting
    assert figures(metrics)["plumbline_checks_in_flight"] == 0
    with queue.turn(time.monotonic()):  # all places are free again
        pass


def test_a_request_that_would_be_answered_too_late_is_refused_at_once() -> None:
    """In an empty queue a request is admitted, however long the last ones took: otherwise none ever would be."""
    now = [100.0]
    queue = RequestQueue(1, 64, Metrics(), lambda: now[0])
    with queue.turn(120.0):
        now[0] += 30
    with queue.turn(now[0] + 20):
        assert not queue.turns_away(0, now[0] + 20)
        assert queue.turns_away(1, now[0] + 20)
        assert not queue.turns_away(1, now[0] + 61)


def test_a_deadline_ends_the_wait_and_leaves_the_queue() -> None:
    queue = RequestQueue(1, 3, Metrics())
    entered: list[Visitor] = []
    inside = Visitor(queue, entered)
    wait_until(lambda: len(entered) == 1)
    late = Visitor(queue, entered, seconds=0.05)
    late.ends()
    assert late.was_refused
    assert not queue._waiting
    inside.leave()


def test_a_failure_gives_the_place_back() -> None:
    queue = RequestQueue(1, 0, Metrics())
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), queue.turn(time.monotonic() + 60):
            raise ZeroDivisionError


def test_a_server_without_a_queue_of_its_own_refuses_at_once_too(tmp_path: Path) -> None:
    """gunicorn hands every request on: what does not fit is refused by the application, and health is not."""
    service = Service(Configuration(data_folder=tmp_path))
    service.queue = RequestQueue(1, 0, service.metrics)
    client = create_app(service).test_client()
    check = {"blocks": [{"id": "b1", "text": "Taxes rose by 4 percent in 2020."}]}
    with service.queue.turn(time.monotonic() + 60):
        refused = client.post("/api/v1/check", json=check, headers={"Host": "127.0.0.1"})
        assert refused.json is not None
        assert (refused.status_code, refused.json["error"]["code"]) == (503, "overloaded")
        assert int(refused.headers["Retry-After"]) >= 1
        assert client.get("/api/v1/health", headers={"Host": "127.0.0.1"}).status_code == 200
    assert client.post("/api/v1/check", json=check, headers={"Host": "127.0.0.1"}).status_code == 200
