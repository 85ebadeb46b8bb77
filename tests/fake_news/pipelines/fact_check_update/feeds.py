"""Feeds of invented fact-checks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def review(number: int, **changed: Any) -> dict[str, Any]:
    """One ClaimReview."""
    return {
        "@type": "ClaimReview",
        "url": f"https://facts.example/{number}",
        "claimReviewed": f"The ferry of Harlow Creek has sunk {number} times",
        "author": {"@type": "Organization", "name": "Creek Facts"},
        "datePublished": "2024-03-04",
        "reviewRating": {"alternateName": "False"},
    } | changed


def feed(*reviews: dict[str, Any], modified: str = "2024-03-05T01:02:03Z") -> bytes:
    """A feed as Data Commons gives it."""
    items = [{"@type": "DataFeedItem", "item": [one]} for one in reviews]
    return json.dumps({"@type": "DataFeed", "dateModified": modified, "dataFeedElement": items}).encode()


def numbered(*numbers: int) -> bytes:
    """A feed of so many reviews."""
    return feed(*map(review, numbers))


def long_pieces(count: int, length: int) -> Iterator[bytes]:
    """A feed of so many reviews with bodies of such a length, piece by piece, so that nobody has to hold it."""
    beginning, end = feed().split(b"[]")
    yield beginning + b"["
    body = "The ferry floats. " * (length // 18)
    for number in range(count):
        item = {"@type": "DataFeedItem", "item": [review(number, reviewBody=body)]}
        yield json.dumps(item).encode() + b", "
    yield json.dumps({"item": None}).encode() + b"]" + end
