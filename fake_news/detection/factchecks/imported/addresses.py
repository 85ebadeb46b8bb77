"""Addresses of rulings: they become links in the card, so not everything may be one."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from fake_news.detection.factchecks.imported.errors import SkippedRowError

_LONGEST = 2000
_NEVER_IN_ADDRESSES = frozenset('<>"\\')
_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref|ref_src|source|src|s|share|smid|cmpid|_ga|amp|outputtype"
)
_AMP_PREFIX = re.compile(r"^amp\.")
_AMP_SUFFIX = re.compile(r"(?:/amp|/amp\.html|\.amp)$")
_ONE_CLAIM_A_PAGE = frozenset({"politifact.com", "snopes.com"})


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


def canonical_address(url: str) -> str:
    """What all addresses of one page share: they differ in scheme, ``www``, AMP, trailing slash and tracking.

    >>> canonical_address("http://www.facts.example/ferry/amp/?utm_source=x&page=2#top")
    'facts.example/ferry?page=2'
    """
    parts = urlsplit(url.strip())
    host = _AMP_PREFIX.sub("", (parts.hostname or "").removeprefix("www."))
    path = _AMP_SUFFIX.sub("", parts.path.rstrip("/")).rstrip("/")
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name.lower())]
    return host + path + (f"?{urlencode(sorted(query))}" if query else "")


def has_one_claim(canonical: str) -> bool:
    """Whether the page at a canonical address rules on one claim: then a new wording replaces the earlier."""
    return canonical.partition("/")[0] in _ONE_CLAIM_A_PAGE
