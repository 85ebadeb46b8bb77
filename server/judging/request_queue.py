"""The queue before the detector: a few requests are judged at a time, some wait, and the rest are refused at once.

A client that is refused only after twenty seconds has waited for nothing.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from server.errors import overloaded
from server.monitoring.metrics import Metrics

_WEIGHT_OF_LATEST = 0.1


class RequestQueue:
    """Admits requests in the order in which they arrived.

    Parameters
    ----------
    at_once : int
        How many may pass at the same time.
    most_waiting : int
        How many may wait for their turn.
    metrics : Metrics
        Counts requests that wait or are being judged, and those that are refused.
    now : callable
        A monotonic clock.
    """

    def __init__(
        self, at_once: int, most_waiting: int, metrics: Metrics, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._at_once = at_once
        self._most_waiting = most_waiting
        self._metrics = metrics
        self._now = now
        self._lock = Lock()
        self._inside = 0
        self._waiting: deque[Event] = deque()
        self._mean_seconds = 0.0

    @contextmanager
    def turn(self, deadline: float) -> Iterator[None]:
        """Wait for a turn, and hold it within the context.

        Parameters
        ----------
        deadline : float
            On the monotonic clock.

        Raises
        ------
        RequestError
            With 503 ``overloaded``: at once if too many wait already, or if the turn would come too late.
        """
        self._metrics.count_in_flight(1)
        try:
            self._wait(deadline)
            began = self._now()
            try:
                yield
            finally:
                with self._lock:
                    weight = _WEIGHT_OF_LATEST if self._mean_seconds else 1.0
                    self._mean_seconds += weight * (self._now() - began - self._mean_seconds)
                    self._pass_on()
        finally:
            self._metrics.count_in_flight(-1)

    def turns_away(self, waiting: int, deadline: float) -> bool:
        """Return whether to refuse a request behind ``waiting`` others: too many, or answered too late."""
        soonest = self._now() + self._mean_seconds * (waiting / self._at_once + 1)
        is_turned_away = waiting >= self._most_waiting or (waiting > 0 and soonest > deadline)
        if is_turned_away:
            self._metrics.count_turned_away()
        return is_turned_away

    def _wait(self, deadline: float) -> None:
        with self._lock:
            if self._inside < self._at_once:
                self._inside += 1
                return
            if self.turns_away(len(self._waiting), deadline):
                raise overloaded()
            mine = Event()
            self._waiting.append(mine)
        if not mine.wait(max(0.0, deadline - self._now())):
            with self._lock:
                if mine in self._waiting:
                    self._waiting.remove(mine)
                    raise overloaded()

    def _pass_on(self) -> None:
        if self._waiting:
            self._waiting.popleft().set()  # first come, first served
        else:
            self._inside -= 1
