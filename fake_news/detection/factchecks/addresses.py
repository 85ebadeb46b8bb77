"""Addresses of rulings, by which two copies of one ruling are known, however they are spelt."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref|ref_src|source|src|s|share|smid|cmpid|_ga|amp|outputtype"
)
_AMP_PREFIX = re.compile(r"^amp\.")
_AMP_SUFFIX = re.compile(r"(?:/amp|/amp\.html|\.amp)$")
_ONE_CLAIM_A_PAGE = frozenset({"politifact.com", "snopes.com"})


def page_key(url: str) -> str:
    """Identify a page by what all its addresses share: they differ in scheme, ``www``, AMP, slash and tracking.

    >>> page_key("http://www.facts.example/ferry/amp/?utm_source=x&page=2#top")
    'facts.example/ferry?page=2'
    """
    parts = urlsplit(url.strip())
    host = _AMP_PREFIX.sub("", (parts.hostname or "").removeprefix("www."))
    path = _AMP_SUFFIX.sub("", parts.path.rstrip("/")).rstrip("/")
    query = [(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name.lower())]
    return host + path + (f"?{urlencode(sorted(query))}" if query else "")


def has_one_claim(key: str) -> bool:
    """Whether the page with this key rules on one claim: then a new wording replaces the earlier."""
    return key.partition("/")[0] in _ONE_CLAIM_A_PAGE
