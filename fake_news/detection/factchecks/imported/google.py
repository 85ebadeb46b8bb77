"""What Google's two interfaces answer, as the ClaimReview that it was made from.

Fact Check Tools API: ``claims:search`` (https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims)
and ``pages`` (…/v1alpha1/pages).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Thing = Mapping[str, Any]


def is_google(thing: Thing) -> bool:
    """Whether an object is a claim or a page as Google's interfaces have them."""
    return (isinstance(thing.get("claimReview"), list) and "text" in thing) or isinstance(
        thing.get("claimReviewMarkups"), list
    )


def reviews_of(thing: Thing) -> Iterator[dict[str, Any]]:
    """The reviews of such an object, in schema.org's words."""
    if "claimReviewMarkups" in thing:
        for markup in filter(_is_object, thing["claimReviewMarkups"]):
            rating = markup.get("rating") if _is_object(markup.get("rating")) else {}
            yield {
                "@type": "ClaimReview",
                "claimReviewed": markup.get("claimReviewed"),
                "url": markup.get("url") or thing.get("pageUrl"),
                "author": thing.get("claimReviewAuthor"),
                "reviewRating": {**rating, "alternateName": rating.get("textualRating")},
                "datePublished": thing.get("publishDate"),
                "itemReviewed": {"author": markup.get("claimAuthor"), "datePublished": markup.get("claimDate")},
            }
        return
    for review in filter(_is_object, thing["claimReview"]):
        publisher = review.get("publisher") if _is_object(review.get("publisher")) else {}
        yield {
            "@type": "ClaimReview",
            "claimReviewed": thing["text"],
            "url": review.get("url"),
            "author": {"name": publisher.get("name"), "url": publisher.get("site")},
            "reviewRating": {"alternateName": review.get("textualRating")},
            "datePublished": review.get("reviewDate"),
            "headline": review.get("title"),
            "inLanguage": review.get("languageCode"),
            "itemReviewed": {"author": {"name": thing.get("claimant")}, "datePublished": thing.get("claimDate")},
        }


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)
