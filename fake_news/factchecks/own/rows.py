"""From one row of a file, whatever its form, to a fact-check, or to the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from fake_news.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.factchecks.own.dates import iso_day
from fake_news.factchecks.ratings import label_of_rating

_LONGEST_CLAIM = 2000
_LONGEST_FIELD = 300
_LONGEST_ADDRESS = 2000
_FEWEST_WORDS = 3
_COLUMNS = {
    "text": ("claim", "text", "claim_reviewed", "claimreviewed", "statement"),
    "rating": ("rating", "textual_rating", "textualrating", "verdict", "label"),
    "publisher": ("publisher", "publisher_name", "publisher.name", "author"),
    "url": ("url", "link", "review_url"),
    "speaker": ("speaker", "claimant"),
    "claim_date": ("claim_date", "claimdate"),
    "review_date": ("review_date", "reviewdate", "date", "date_published"),
    "headline": ("headline", "title"),
}
NEEDED_COLUMNS = ("text", "rating", "publisher", "url")


class SkippedRowError(Exception):
    """A row is no usable fact-check; the message is the reason, the same for all rows of its kind."""


def claim_reviews(entry: Any) -> Iterator[Mapping[str, Any]]:
    """The ClaimReviews of an entry: itself, or those in a DataFeedItem, a graph or a list."""
    if isinstance(entry, list):
        for item in entry:
            yield from claim_reviews(item)
    elif isinstance(entry, dict):
        kinds = entry.get("@type", "")
        if "ClaimReview" in (kinds if isinstance(kinds, list) else [kinds]) or "claimReviewed" in entry:
            yield entry
        else:
            for name in ("item", "@graph", "dataFeedElement", "itemListElement"):
                yield from claim_reviews(entry.get(name))


def from_claim_review(review: Mapping[str, Any]) -> RuledClaim:
    """A fact-check from schema.org's ClaimReview (https://schema.org/ClaimReview).

    Raises
    ------
    SkippedRowError
        If it lacks what a fact-check needs.
    """
    reviewed = _first(review.get("itemReviewed"))
    return ruled_claim(
        {
            "text": review.get("claimReviewed"),
            "rating": _rating(_first(review.get("reviewRating"))),
            "publisher": _name(review.get("author")) or _name(review.get("publisher")),
            "url": review.get("url"),
            "speaker": _name(reviewed.get("author")),
            "claim_date": reviewed.get("datePublished"),
            "review_date": review.get("datePublished"),
            "headline": review.get("headline") or review.get("name"),
        }
    )


def column_places(names: list[str]) -> dict[str, int]:
    """Where the columns of a table are, by what they hold; names are compared without case."""
    places = {name.strip().lower(): place for place, name in reversed(list(enumerate(names)))}
    return {
        what: next(places[name] for name in known if name in places)
        for what, known in _COLUMNS.items()
        if any(name in places for name in known)
    }


def ruled_claim(fields: Mapping[str, Any]) -> RuledClaim:
    """A fact-check from its fields, whose values may be anything.

    Raises
    ------
    SkippedRowError
        If it lacks what a fact-check needs.
    """
    text = plain(fields.get("text")).strip('"“”')
    if len(text.split()) < _FEWEST_WORDS:
        raise SkippedRowError("no claim of three words or more")
    if len(text) > _LONGEST_CLAIM:
        raise SkippedRowError(f"the claim is longer than {_LONGEST_CLAIM:,} characters")
    rating = plain(fields.get("rating"))
    if not rating:
        raise SkippedRowError("no rating")
    publisher = plain(fields.get("publisher"))
    if not publisher:
        raise SkippedRowError("no publisher")
    fact_check = FactCheck(
        publisher[:_LONGEST_FIELD],
        rating[:_LONGEST_FIELD],
        label_of_rating(rating),
        plain(fields.get("speaker"))[:_LONGEST_FIELD],
        iso_day(fields.get("claim_date")),
        iso_day(fields.get("review_date")),
        _address(fields.get("url")),
    )
    return RuledClaim(text, plain(fields.get("headline"))[:_LONGEST_FIELD], fact_check)


def plain(value: object) -> str:
    """A field as one line of text: no markup, no control characters; anything but text is nothing."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = f"{value:g}"
    if not isinstance(value, str):
        return ""
    if "<" in value or "&" in value:
        value = _without_markup(value)
    return " ".join("".join(char if char.isprintable() else " " for char in value).split())


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in ("script", "style")))
        self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _without_markup(text: str) -> str:
    parser = _Markup()
    parser.feed(text)
    parser.close()
    return "".join(parser.parts)


def _address(value: object) -> str:
    """An address that may become a link: http or https, and a host."""
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise SkippedRowError("no address (url)")
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or len(text) > _LONGEST_ADDRESS:
        raise SkippedRowError("the address (url) is not one of http or https")
    if re.search(r"[\s<>\"\\\x00-\x1f\x7f]", text):
        raise SkippedRowError("the address (url) holds characters that no address has")
    return text


def _rating(rating: Mapping[str, Any]) -> str:
    """The publisher's wording, else its number on its scale."""
    worded = plain(rating.get("alternateName")) or plain(rating.get("name"))
    if worded:
        return worded
    value, worst, best = (_number(rating.get(name)) for name in ("ratingValue", "worstRating", "bestRating"))
    if value is None:
        return plain(rating.get("ratingValue"))
    return "" if best is None else f"{value:g} on a scale of {1.0 if worst is None else worst:g} to {best:g}"


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]  # whatever it is, it is a number or it is not
    except (TypeError, ValueError):
        return None


def _name(value: object) -> str:
    return plain(value) if isinstance(value, str) else plain(_first(value).get("name"))


def _first(value: object) -> Mapping[str, Any]:
    """An object, or the first of a list of objects; nothing for anything else."""
    if isinstance(value, list):
        value = next(iter(value), None)
    return value if isinstance(value, dict) else {}
