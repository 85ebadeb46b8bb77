"""One fact-check, written as publishers write it, and as a database keeps it."""

from __future__ import annotations

from typing import Any

from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim

CLAIM = "The Harlow Creek ferry sank forty times in the winter of 2031."


def review(**changed: Any) -> dict[str, Any]:
    """A ClaimReview, with some of its properties changed."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://facts.example/ferry",
        "claimReviewed": CLAIM,
        "author": {"@type": "Organization", "name": "Creek Facts"},
        "datePublished": "2021-05-04",
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
        "itemReviewed": {"@type": "Claim", "author": {"name": "Ann Ott"}, "datePublished": "May 1, 2021"},
    } | changed


def ruling(
    text: str = CLAIM,
    rating: str = "False",
    day: str = "2021-05-04",
    url: str = "https://facts.example/ferry",
    headline: str = "",
) -> RuledClaim:
    """The same as a ruling in a database."""
    return RuledClaim(text, headline, FactCheck("Creek Facts", rating, None, "Ann Ott", "", day, url))


def many(count: int) -> list[RuledClaim]:
    """Rulings on as many claims, each at an address of its own."""
    return [ruling(f"{CLAIM} {n}", url=f"https://facts.example/{n}") for n in range(count)]
