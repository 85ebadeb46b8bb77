"""schema.org's ClaimReview (https://schema.org/ClaimReview), as publishers, feeds and Google's interfaces write it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.factchecks.imported.errors import SkippedRowError
from fake_news.detection.factchecks.imported.fields import plain_text, ruled_claim

Thing = Mapping[str, Any]

_PREFIXES = ("", "schema:", "https://schema.org/", "http://schema.org/")
_DEEPEST = 32
_MOST_CLAIMS = 50  # of one review


def claim_reviews(entry: Any) -> Iterator[tuple[Thing, list[Thing]]]:
    """Find the ClaimReviews anywhere in an entry, each with the objects around it, the nearest first."""
    waiting: list[tuple[Any, list[Thing]]] = [(entry, [])]
    while waiting:
        thing, around = waiting.pop()
        if isinstance(thing, dict):
            if is_google(thing):
                yield from ((review, around) for review in reviews_of(thing))
                continue
            if _is_claim_review(thing):
                yield thing, around
                continue
            inner, around = list(thing.values()), [thing, *around]
        elif isinstance(thing, list):
            inner = thing
        else:
            continue
        if len(around) < _DEEPEST:
            waiting += [(item, around) for item in reversed(inner)]


def from_claim_review(review: Thing, around: list[Thing] | None = None, entry: Any = None) -> list[RuledClaim]:
    """Make fact-checks of a ClaimReview: one, or several where it lists several claims.

    Parameters
    ----------
    around : the objects that the review is part of, the nearest first; they may have what it lacks
    entry : the entry that the review was found in, in which references (``@id``) are resolved

    Raises
    ------
    SkippedRowError
        If it lacks what a fact-check needs.
    """
    around = around or []
    reviewed = _thing(_get(review, "itemReviewed"))
    appearance = _thing(_get(reviewed, "firstAppearance")) or _thing(_get(reviewed, "appearance"))
    fields = {
        "rating": _rating(_get(review, "reviewRating")),
        "publisher": _publisher([review, *around], entry),
        "url": _address([review, *around]),
        "speaker": _name(_get(reviewed, "author"), entry) or _name(_get(appearance, "author"), entry),
        "claim_date": _first(_get(reviewed, "datePublished")) or _first(_get(appearance, "datePublished")),
        "review_date": review_date(review),
        "headline": _text(_get(review, "headline")) or _text(_get(review, "name")),
    }
    return [ruled_claim({"text": claim, **fields}) for claim in _claims(review, reviewed)]


def review_date(review: Thing) -> Any:
    """Read the date of the ruling as it is written."""
    return _first(_get(review, "datePublished"))


def language(review: Thing) -> str:
    """Read the language that the review states, empty if none."""
    return _text(_get(review, "inLanguage"))


def _claims(review: Thing, reviewed: Thing) -> list[str]:
    """Read the claims that were reviewed. A list of translations is one claim, any other list is several."""
    value = _get(review, "claimReviewed")
    values = value if isinstance(value, list) else [value]
    if any(isinstance(one, dict) and "@language" in one for one in values):
        values = sorted(values, key=lambda one: not str(one.get("@language", "")).startswith("en"))[:1]
    claims = [text for one in values[:_MOST_CLAIMS] if (text := _text(one) or _text(_get(_thing(one), "text")))]
    claims = claims or [_text(_get(reviewed, "text")) or _text(_get(reviewed, "name"))]
    if not claims[0]:
        raise SkippedRowError("no claim of three words or more")
    return list(dict.fromkeys(claims))


def _is_claim_review(thing: Thing) -> bool:
    kinds = thing.get("@type", thing.get("type"))
    return _get(thing, "claimReviewed") is not None or any(
        isinstance(kind, str) and kind.rpartition("/")[2].rpartition(":")[2] == "ClaimReview"
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _get(thing: Thing, name: str) -> Any:
    """Read a property by its full or short name, or among those of microdata; ``None`` if there is none."""
    properties = thing.get("properties")
    for things in (thing, properties) if isinstance(properties, dict) else (thing,):
        for prefix in _PREFIXES:
            if prefix + name in things:
                return things[prefix + name]
    return None


def _first(value: Any) -> Any:
    """Read a value, or the first of a list, unpacked from JSON-LD's ``{"@value": …}``."""
    if isinstance(value, list):
        value = next(iter(value), None)
    return value["@value"] if isinstance(value, dict) and "@value" in value else value


def _text(value: Any) -> str:
    return plain_text(_first(value))


def _thing(value: Any) -> Thing:
    """Read an object, or the first of a list of objects; empty for anything else."""
    value = _first(value)
    return value if isinstance(value, dict) else {}


def _address(things: list[Thing]) -> Any:
    """Read the address of the ruling, else of the page it is on."""
    for thing in things:
        for name in ("url", "mainEntityOfPage", "@id"):
            value = thing.get("@id") if name == "@id" else _first(_get(thing, name))
            if isinstance(value, dict):
                value = value.get("@id") or _first(_get(value, "url"))
            if isinstance(value, str) and (name == "url" or "://" in value) and value.strip():
                return value
    return None


def _publisher(things: list[Thing], entry: Any) -> str:
    """Who ruled: an organisation rather than an author, by name rather than by address."""
    named: list[tuple[bool, str]] = []
    addresses = []
    for thing in things:
        for role in ("author", "publisher", "sdPublisher"):
            value = _get(thing, role)
            for one in value if isinstance(value, list) else [value]:
                is_person = "Person" in str(_thing(one).get("@type", _thing(one).get("type", "")))
                if name := _name(one, entry):
                    named.append((is_person, name))
                elif address := _text(_get(_thing(one), "url")):
                    addresses.append(address)
        if named:
            break
    return min(named, key=lambda one: one[0])[1] if named else next(iter(addresses), "")


def _name(value: Any, entry: Any) -> str:
    """Read the name of a person or organisation: plain text, an object with a name, or a reference to one."""
    thing = _thing(value)
    if not thing:
        return _text(value)
    found = _text(_get(thing, "name")) or _text(_get(thing, "legalName"))
    if not found and isinstance(entry, (dict, list)) and isinstance(thing.get("@id"), str):
        found = next((_text(_get(other, "name")) for other in _things_with_id(thing["@id"], entry)), "")
    return found


def _things_with_id(identifier: str, entry: Any) -> Iterator[Thing]:
    waiting = [(entry, 0)]
    while waiting:
        thing, depth = waiting.pop()
        if isinstance(thing, dict) and thing.get("@id") == identifier and _get(thing, "name") is not None:
            yield thing
        if depth < _DEEPEST and isinstance(thing, (dict, list)):
            inner = list(thing.values()) if isinstance(thing, dict) else thing
            waiting += [(item, depth + 1) for item in inner if isinstance(item, (dict, list))]


def _rating(value: Any) -> str:
    """Read the publisher's wording, else its number on its scale; empty for a number off its scale.

    A scale without a worst rating begins at 1, as schema.org says, unless it ends there.
    """
    rating = _thing(value)
    if not rating:
        return _text(value) if isinstance(_first(value), str) else ""
    if words := _text(_get(rating, "alternateName")) or _text(_get(rating, "name")):
        return words
    number, worst, best = (_number(_get(rating, name)) for name in ("ratingValue", "worstRating", "bestRating"))
    if number is None:
        return _text(_get(rating, "ratingValue"))
    if worst is None:
        worst = 0.0 if best is not None and best <= 1.0 else 1.0
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


def is_google(thing: Thing) -> bool:
    """Whether an object is a claim or a page of Google's Fact Check Tools API (``claims:search``, ``pages``)."""
    return (isinstance(thing.get("claimReview"), list) and "text" in thing) or isinstance(
        thing.get("claimReviewMarkups"), list
    )


def reviews_of(thing: Thing) -> Iterator[dict[str, Any]]:
    """Convert the reviews of such an object to ClaimReview."""
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
