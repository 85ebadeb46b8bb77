"""The address and name of a language model, which must be on this machine or at an origin that the user allowed."""

from __future__ import annotations

import http.client
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from fake_news.common.errors import PlumblineError
from fake_news.common.files import read_key_file


class LanguageModelError(PlumblineError):
    """A language model that cannot be asked, or that gives no usable answer."""


class NoLongerWantedError(LanguageModelError):
    """Nobody waits for the answer any more."""

    def __init__(self) -> None:
        super().__init__("Nobody waits for the language model's answer any more.")


_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_LONGEST_NAME = 200
_EXAMPLE = "Name one such as http://127.0.0.1:11434/v1."


@dataclass(frozen=True)
class Endpoint:
    """One model behind one address.

    Attributes
    ----------
    address : the base of the OpenAI protocol's routes, without a slash at its end
    model : what the model is called there
    key : what is sent as a bearer token; empty for none
    """

    address: str
    model: str
    key: str = field(default="", repr=False)

    @classmethod
    def of(cls, address: str, model: str, key: str = "") -> Endpoint:
        """Check the address and name that the user gave.

        Raises
        ------
        LanguageModelError
            If the address is not that of a web server, or holds a name, a password, a query or a fragment.
        """
        try:
            parts = urlsplit(address)
            has_port = parts.port != 0
        except ValueError:
            raise LanguageModelError(f"{address!r} is not the address of a language model.", _EXAMPLE) from None
        is_plain = not (parts.username or parts.password or parts.query or parts.fragment)
        is_printable = address.isascii() and address.isprintable() and " " not in address
        if parts.scheme not in ("http", "https") or not parts.hostname or not (has_port and is_plain and is_printable):
            raise LanguageModelError(f"{address!r} is not the address of a language model.", _EXAMPLE)
        if not model.strip() or len(model) > _LONGEST_NAME or not model.isprintable():
            raise LanguageModelError("The language model needs its name.", "Say which with --judge-model NAME.")
        return cls(address.rstrip("/"), model, key)

    @property
    def host(self) -> str:
        """Name or address of the machine."""
        return urlsplit(self.address).hostname or ""

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}".lower()

    @property
    def is_loopback(self) -> bool:
        """Whether what it is sent stays on this machine."""
        return self.host in _LOOPBACK

    @property
    def path(self) -> str:
        """What precedes the routes, such as ``/v1``."""
        return urlsplit(self.address).path

    @property
    def headers(self) -> dict[str, str]:
        """What every request carries."""
        known = {"User-Agent": "plumbline", "Accept-Encoding": "identity"}
        return known | ({"Authorization": f"Bearer {self.key}"} if self.key else {})

    def connection(self, seconds: float) -> http.client.HTTPConnection:
        """Make a connection that is not open yet. It never goes through a proxy that the environment names."""
        parts = urlsplit(self.address)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        # by number: what "localhost" resolves to is up to a file that others may have written
        host = "127.0.0.1" if self.host == "localhost" else self.host
        return kind(host, parts.port, timeout=seconds)


def add_endpoint_options(parser: ArgumentParser) -> None:
    """Add the options that name a language model, the same for every command."""
    parser.add_argument(
        "--judge", metavar="URL", help="a language model for second opinions, such as http://127.0.0.1:11434/v1"
    )
    parser.add_argument("--judge-model", metavar="NAME", default="", help="what the model is called there")
    parser.add_argument(
        "--judge-key-file", type=Path, metavar="FILE", help="the key that it asks for, in a file of mode 0600"
    )
    parser.add_argument(
        "--allow-judge",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="send statements to this exact origin on another machine, such as https://models.example:8443",
    )


def endpoint_from(options: Namespace) -> Endpoint | None:
    """Read the language model that the options name; ``None`` where they name none.

    Raises
    ------
    PlumblineError
        If the address is invalid, or the model may not be asked.
    """
    if not options.judge:
        if options.judge_model or options.judge_key_file:
            raise LanguageModelError("A language model needs its address.", "Name it with --judge URL.")
        return None
    key = read_key_file(options.judge_key_file) if options.judge_key_file else ""
    return check_permission(Endpoint.of(options.judge, options.judge_model, key), options.allow_judge)


def check_permission(endpoint: Endpoint, allowed: Sequence[str]) -> Endpoint:
    """Return the endpoint if it may be asked.

    Raises
    ------
    LanguageModelError
        If it is on another machine that the user did not allow.
    """
    if not endpoint.is_loopback and endpoint.origin not in [origin.rstrip("/").lower() for origin in allowed]:
        raise LanguageModelError(
            f"{endpoint.origin} is not this machine: what you read would be sent there.",
            f"If you want that, say so: --allow-judge {endpoint.origin}",
        )
    return endpoint


def remote_notice(endpoint: Endpoint) -> str:
    """Write the notice shown while a language model on another machine is in use; empty for one on this machine."""
    if endpoint.is_loopback:
        return ""
    way = "encrypted" if endpoint.address.startswith("https:") else "NOT encrypted"
    return f"Statements that you ask about are sent to another machine, {endpoint.origin}, {way}."
