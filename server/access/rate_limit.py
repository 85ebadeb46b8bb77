"""The rate limit: how often one client may ask, and which address, also behind proxies, is the client's."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from threading import Lock

from fake_news.common.errors import PlumblineError
from server import limits
from server.errors import RequestError

Network = IPv4Network | IPv6Network


def trusted_networks(named: Iterable[str]) -> tuple[Network, ...]:
    """Parse the trusted proxies, each an address or a network.

    Raises
    ------
    PlumblineError
        If one is neither, or includes every address.
    """
    found = []
    for name in named:
        try:
            network = ip_network(name)
        except ValueError:
            network = None
        if network is None or network.prefixlen == 0:
            raise PlumblineError(
                f"PLUMBLINE_TRUSTED_PROXIES: {name} is not an IP address or network.",
                "Name each like 192.0.2.4 or 10.1.0.0/16, separated by commas.",
            )
        found.append(network)
    return tuple(found)


def client_address(peer: str, forwarded: str | None, trusted: Sequence[Network]) -> str:
    """Find the nearest address that is not a trusted proxy.

    Parameters
    ----------
    peer : str
        The address that the connection comes from.
    forwarded : str or None
        The header X-Forwarded-For. Every proxy appends the address of its client; whatever precedes the entry of the
        first trusted proxy may be made up.
    trusted
        The trusted proxies.
    """
    address = peer
    for earlier in reversed((forwarded or "").split(",")):
        if not _is_in(address, trusted):
            break
        if not (candidate := earlier.strip()) or not _is_address(candidate):
            break
        address = candidate
    return address


def _is_in(address: str, trusted: Sequence[Network]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in trusted)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


_MOST_ADDRESSES = 10_000


class RateLimit:
    """Limits the requests of each address, or of each user with a token: a token bucket, with bursts after a pause.

    Parameters
    ----------
    per_second : float
        Requests a second.
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
        """Admit one request of an address.

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
