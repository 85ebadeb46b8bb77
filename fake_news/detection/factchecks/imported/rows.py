"""From the fields of one row, whatever the form of the file, to a fact-check, or to the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fake_news.detection.factchecks.imported.addresses import address
from fake_news.detection.factchecks.imported.dates import iso_day
from fake_news.detection.factchecks.imported.errors import SkippedRowError
from fake_news.detection.factchecks.imported.plain_text import plain
from fake_news.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.factchecks.ratings import label_of_rating

_LONGEST_CLAIM = 2000
_LONGEST_FIELD = 300
_FEWEST_WORDS = 3
_COLUMNS = {
    "text": ("claim", "text", "claim_reviewed", "claimreviewed", "statement"),
    "rating": ("rating", "textual_rating", "textualrating", "verdict", "label"),
    "publisher": ("publisher", "publisher_name", "publishername", "author"),
    "url": ("url", "link", "review_url", "reviewurl"),
    "speaker": ("speaker", "claimant"),
    "claim_date": ("claim_date", "claimdate"),
    "review_date": ("review_date", "reviewdate", "date", "date_published", "datepublished"),
    "headline": ("headline", "title"),
}
NEEDED_COLUMNS = {"text": "claim", "rating": "rating", "publisher": "publisher", "url": "url"}
"""What a table cannot do without, and what such a column is best called."""


def column_places(names: list[str]) -> dict[str, int]:
    """Where the columns of a table are, by what they hold; case, spaces and signs in names do not matter."""
    places = {
        re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_"): place
        for place, name in reversed(list(enumerate(names)))
    }
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
        address(fields.get("url")),
    )
    return RuledClaim(text, plain(fields.get("headline"))[:_LONGEST_FIELD], fact_check)
