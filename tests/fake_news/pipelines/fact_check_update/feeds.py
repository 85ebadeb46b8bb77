"""Feeds of invented fact-checks."""

from __future__ import annotations

import json
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
