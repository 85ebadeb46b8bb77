"""From the fields of one row, whatever the form of the file, to a fact-check, or to the reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.detection.factchecks.imported.addresses import address
from fake_news.detection.factchecks.imported.dates import iso_day
from fake_news.detection.factchecks.imported.errors import SkippedRowError
from fake_news.detection.factchecks.imported.plain_text import plain
from fake_news.detection.factchecks.publishers import canonical_publisher, publisher_of_address
from fake_news.detection.factchecks.ratings import label_of_rating, short_rating

_LONGEST_CLAIM = 2000
_LONGEST_FIELD = 300
_FEWEST_WORDS = 3
_COLUMNS = {
    "text": ("claim", "text", "claim_text", "claim_reviewed", "claimreviewed", "statement"),
    "rating": (
        *("rating", "textual_rating", "textualrating", "reviewrating_alternatename", "alternate_name", "verdict"),
        *("review_rating", "label"),
    ),
    "publisher": ("publisher", "publisher_name", "publishername", "author", "author_name", "publisher_site"),
    "url": ("url", "link", "review_url", "reviewurl", "factcheck_analysis_link", "claimreview_url"),
    "speaker": ("speaker", "claimant", "itemreviewed_author_name", "statement_originator"),
    "claim_date": ("claim_date", "claimdate", "itemreviewed_datepublished", "statement_date"),
    "review_date": ("review_date", "reviewdate", "factcheck_date", "date", "date_published", "datepublished"),
    "headline": ("headline", "title"),
}
NEEDED_COLUMNS = {"text": "claim", "rating": "rating", "url": "url"}
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
    words = plain(fields.get("rating"))
    if not words:
        raise SkippedRowError("no rating")
    rating = short_rating(words)
    if not rating:
        raise SkippedRowError("a long rating that begins with another verdict than it ends with")
    url = address(fields.get("url"))
    fact_check = FactCheck(
        _publisher(plain(fields.get("publisher")), url)[:_LONGEST_FIELD],
        rating,
        label_of_rating(rating),
        plain(fields.get("speaker"))[:_LONGEST_FIELD],
        _past(iso_day(fields.get("claim_date"))),
        _past(iso_day(fields.get("review_date"))),
        url,
    )
    return RuledClaim(text, plain(fields.get("headline"))[:_LONGEST_FIELD], fact_check)


def _past(day: str) -> str:
    """A day unless it is yet to come: a ruling of next year would be the newest until then."""
    tomorrow = (datetime.now(tz=UTC) + timedelta(days=1)).date().isoformat()  # it is tomorrow already in the east
    return day if day <= tomorrow else ""


def _publisher(name: str, url: str) -> str:
    """The publisher's name; of one that is only known by its address, the site's."""
    if not name:
        return publisher_of_address(url)
    if name.startswith(("http://", "https://")):
        return publisher_of_address(name) or canonical_publisher(urlsplit(name).path.strip("/"))
    return canonical_publisher(name)
