"""Addresses of rulings: they become links in the card, so not everything may be one."""

from __future__ import annotations

from urllib.parse import urlsplit

from fake_news.detection.factchecks.imported.errors import SkippedRowError

_LONGEST = 2000
_NEVER_IN_ADDRESSES = frozenset('<>"\\')


def address(value: object) -> str:
    """An address that may become a link: http or https, a host, nobody's password. It is kept as it is written.

    A host in letters that look like others' stays what it is: browsers show such names in a form that tells.

    Raises
    ------
    SkippedRowError
        If it is none; the message says why.
    """
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise SkippedRowError("no address (url)")
    if len(text) > _LONGEST:
        raise SkippedRowError(f"the address (url) is longer than {_LONGEST:,} characters")
    # Before it is taken apart: Python's parser drops some control characters, as browsers do, and others do not.
    if any(char in _NEVER_IN_ADDRESSES or char.isspace() or not char.isprintable() for char in text):
        raise SkippedRowError("the address (url) holds characters that no address has")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise SkippedRowError("the address (url) is not one of http or https") from None
    if parts.scheme not in ("http", "https") or not host:
        raise SkippedRowError("the address (url) is not one of http or https")
    if "@" in parts.netloc:
        raise SkippedRowError("the address (url) holds a user name or password")
    return text
