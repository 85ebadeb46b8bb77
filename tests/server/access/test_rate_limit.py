"""The rate limit: how often each client may ask, and when it may ask again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fake_news.common.errors import PlumblineError
from server import limits
from server.access.rate_limit import RateLimit, client_address, trusted_networks
from server.errors import RequestError
from tests.conftest import RunningServer
from tests.server.access.hostile_requests import PAGE
from tests.server.conftest import Client


def test_a_greedy_client_has_to_wait(start_server: Callable[..., RunningServer]) -> None:
    client = Client(start_server("--rate-limit", "0.01").port)
    assert client.check(PAGE).status == 200
    answer = client.check(PAGE)
    assert (answer.status, answer.error_code()) == (429, "too-many-requests")
    assert 1 <= int(answer.headers["Retry-After"]) <= 100


def test_a_hostile_page_cannot_use_up_what_the_extension_may_ask(start_server: Callable[..., RunningServer]) -> None:
    client = Client(start_server("--rate-limit", "0.01").port)
    for _ in range(5):
        assert client.check(PAGE, Origin="https://evil.example").status == 403
        assert client.check(PAGE, Host="evil.example").status == 403
    assert client.check(PAGE).status == 200


def test_a_bucket_fills_with_time() -> None:
    now = [100.0]
    limit = RateLimit(10, lambda: now[0])

    def passes(address: str = "127.0.0.1") -> bool:
        try:
            limit.take(address)
        except RequestError:
            return False
        return True

    assert sum(passes() for _ in range(100)) == 10 * limits.BURST_SECONDS
    assert passes("192.0.2.7")
    now[0] += 0.5
    assert sum(passes() for _ in range(100)) == 5
    now[0] += 1e6
    assert sum(passes() for _ in range(100)) == 10 * limits.BURST_SECONDS


def test_addresses_do_not_fill_the_memory() -> None:
    limit = RateLimit(10)
    for number in range(20_000):
        limit.take(f"2001:db8::{number:x}")
    assert len(limit._buckets) == 10_000


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.1", "192.0.2.1"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "203.0.113.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.3,10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "unknown", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, ", "10.0.0.1"),
        ("10.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_client_is_the_nearest_address_that_is_not_a_proxy(peer: str, forwarded: str | None, expected: str) -> None:
    assert client_address(peer, forwarded, trusted_networks(["10.0.0.0/24"])) == expected


@pytest.mark.parametrize("name", ["*", "proxy.example", "0.0.0.0/0", "::/0", "10.0.0.1/24", "10.0.0.1:80"])
def test_proxies_are_named_by_address(name: str) -> None:
    with pytest.raises(PlumblineError, match="TRUSTED_PROXIES"):
        trusted_networks([name])
