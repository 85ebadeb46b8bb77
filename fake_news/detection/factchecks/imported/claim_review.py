"""schema.org's ClaimReview (https://schema.org/ClaimReview), as publishers and feeds really write it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from fake_news.detection.factchecks.imported.plain_text import plain
from fake_news.detection.factchecks.imported.rows import ruled_claim
from fake_news.factchecks.fact_check import RuledClaim

Thing = Mapping[str, Any]

_PREFIXES = ("", "schema:", "https://schema.org/", "http://schema.org/")
_DEEPEST = 32


def claim_reviews(entry: Any) -> Iterator[Thing]:
    """The ClaimReviews of an entry, wherever in it they are: in a DataFeedItem, a graph, a page, a list."""
    waiting = [(entry, 0)]
    while waiting:
        thing, depth = waiting.pop()
        if isinstance(thing, dict):
            if _is_claim_review(thing):
                yield thing
                continue
            inner = list(thing.values())
        elif isinstance(thing, list):
            inner = thing
        else:
            continue
        if depth < _DEEPEST:
            waiting += [(item, depth + 1) for item in reversed(inner)]


def from_claim_review(review: Thing, entry: Any = None) -> RuledClaim:
    """A fact-check from a ClaimReview.

    Parameters
    ----------
    entry : what the review was found in; what it only refers to (``@id``) is looked for there

    Raises
    ------
    SkippedRowError
        If it lacks what a fact-check needs.
    """
    reviewed = _thing(_get(review, "itemReviewed"))
    appearance = _thing(_get(reviewed, "firstAppearance")) or _thing(_get(reviewed, "appearance"))
    return ruled_claim(
        {
            "text": _text(_get(review, "claimReviewed")) or _text(_get(reviewed, "text")),
            "rating": _rating(_get(review, "reviewRating")),
            "publisher": _name(_get(review, "author"), entry) or _name(_get(review, "publisher"), entry),
            "url": _first(_get(review, "url")),
            "speaker": _name(_get(reviewed, "author"), entry) or _name(_get(appearance, "author"), entry),
            "claim_date": _first(_get(reviewed, "datePublished")) or _first(_get(appearance, "datePublished")),
            "review_date": review_date(review),
            "headline": _text(_get(review, "headline")) or _text(_get(review, "name")),
        }
    )


def review_date(review: Thing) -> Any:
    """When the ruling was published, in whatever form."""
    return _first(_get(review, "datePublished"))


def _is_claim_review(thing: Thing) -> bool:
    kinds = thing.get("@type")
    return _get(thing, "claimReviewed") is not None or any(
        isinstance(kind, str) and kind.rpartition("/")[2].rpartition(":")[2] == "ClaimReview"
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _get(thing: Thing, name: str) -> Any:
    """A property, whether its name is written out or short; ``None`` where there is none."""
    return next((thing[prefix + name] for prefix in _PREFIXES if prefix + name in thing), None)


def _first(value: Any) -> Any:
    """A value, or the first of a list, out of JSON-LD's ``{"@value": …}``."""
    if isinstance(value, list):
        value = next(iter(value), None)
    return value["@value"] if isinstance(value, dict) and "@value" in value else value


def _text(value: Any) -> str:
    return plain(_first(value))


def _thing(value: Any) -> Thing:
    """An object, or the first of a list of objects; nothing for anything else."""
    value = _first(value)
    return value if isinstance(value, dict) else {}


def _name(value: Any, entry: Any) -> str:
    """Who somebody is: written plainly, by name, or only referred to."""
    thing = _thing(value)
    if not thing:
        return _text(value)
    found = _text(_get(thing, "name")) or _text(_get(thing, "legalName"))
    if not found and isinstance(entry, (dict, list)) and isinstance(thing.get("@id"), str):
        found = next((_text(_get(other, "name")) for other in _things_called(thing["@id"], entry)), "")
    return found


def _things_called(identifier: str, entry: Any) -> Iterator[Thing]:
    waiting = [(entry, 0)]
    while waiting:
        thing, depth = waiting.pop()
        if isinstance(thing, dict) and thing.get("@id") == identifier and _get(thing, "name") is not None:
            yield thing
        if depth < _DEEPEST and isinstance(thing, (dict, list)):
            inner = list(thing.values()) if isinstance(thing, dict) else thing
            waiting += [(item, depth + 1) for item in inner if isinstance(item, (dict, list))]


def _rating(value: Any) -> str:
    """The publisher's wording, else its number on its scale; a number off its scale says nothing."""
    rating = _thing(value)
    if not rating:
        return _text(value) if isinstance(_first(value), str) else ""
    if worded := _text(_get(rating, "alternateName")) or _text(_get(rating, "name")):
        return worded
    number, worst, best = (_number(_get(rating, name)) for name in ("ratingValue", "worstRating", "bestRating"))
    if number is None:
        return _text(_get(rating, "ratingValue"))
    worst = 1.0 if worst is None else worst
    if best is None or worst == best or not min(worst, best) <= number <= max(worst, best):
        return ""
    return f"{number:g} on a scale of {worst:g} to {best:g}"


def _number(value: Any) -> float | None:
    value = _first(value)
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
