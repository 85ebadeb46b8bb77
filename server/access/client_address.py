"""The address that a request comes from, also behind proxies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from fake_news.common.errors import PlumblineError

Network = IPv4Network | IPv6Network


def networks(named: Iterable[str]) -> tuple[Network, ...]:
    """Parse the trusted proxies, each an address or a network.

    Raises
    ------
    PlumblineError
        If one is neither, or is everybody.
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
    """The nearest address that is not a trusted proxy.

    Parameters
    ----------
    peer : str
        What the connection comes from.
    forwarded : str or None
        The header X-Forwarded-For. Every proxy adds at its end whom it was asked by; what stands further to the left
        than a trusted one has written, anybody may have made up.
    trusted
        The proxies that are believed.
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
