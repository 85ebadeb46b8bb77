"""What tells that two reviews are the same ruling: the address of the page, and the words of the claim."""

from __future__ import annotations

from typing import NamedTuple

from fake_news.detection.factchecks.addresses import has_one_claim, page_key
from fake_news.detection.text.tokens import tokenize


class Identity(NamedTuple):
    """One ruling, whatever spelling of address and claim it came in."""

    address: str
    claim: str


def identity(url: str, text: str) -> Identity:
    """The ruling at an address on a claim."""
    address = page_key(url)
    return Identity(address, "" if has_one_claim(address) else " ".join(token.form for token in tokenize(text)))
