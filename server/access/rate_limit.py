"""How often one client may ask: a token bucket for each address, or for each user where users have tokens."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from http import HTTPStatus
from threading import Lock

from server import limits
from server.errors import RequestError

_MOST_ADDRESSES = 10_000


class RateLimit:
    """Lets every address ask so many times a second, and more for a moment after it was quiet.

    Parameters
    ----------
    per_second : float
        How many requests.
    now : callable
        A monotonic clock.
    """

    def __init__(self, per_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._most = max(1.0, per_second * limits.BURST_SECONDS)
        self._now = now
        self._lock = Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # address: tokens, and when

    def take(self, address: str) -> None:
        """Let one request of an address pass.

        Raises
        ------
        RequestError
            With 429 ``too-many-requests`` and when to try again.
        """
        now = self._now()
        with self._lock:
            tokens, when = self._buckets.pop(address, (self._most, now))
            tokens = min(self._most, tokens + (now - when) * self._per_second)
            passes = tokens >= 1
            self._buckets[address] = (tokens - passes, now)
            if len(self._buckets) > _MOST_ADDRESSES:
                self._buckets.popitem(last=False)
        if not passes:
            raise RequestError(
                HTTPStatus.TOO_MANY_REQUESTS,
                "too-many-requests",
                f"More than {self._per_second:g} requests a second.",
                "Wait as long as the header Retry-After says, and put more blocks into one request.",
                {"Retry-After": str(math.ceil((1 - tokens) / self._per_second))},
            )
