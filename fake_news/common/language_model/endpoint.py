"""Where a language model is, what it is called there, and whether that is this machine."""

from __future__ import annotations

import http.client
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from fake_news.common.language_model.errors import LanguageModelError

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
        """The endpoint that a person named.

        Raises
        ------
        LanguageModelError
            If the address is none of a web server, or holds a name, a password, a query or a fragment.
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
        """A connection that is not open yet. It never goes through a proxy that the environment names."""
        parts = urlsplit(self.address)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        # by number: what "localhost" resolves to is up to a file that others may have written
        host = "127.0.0.1" if self.host == "localhost" else self.host
        return kind(host, parts.port, timeout=seconds)
