"""Fields of a foreign file: plain text without markup, days as ISO 8601, safe addresses; and fact-checks of them."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.detection.factchecks.imported.errors import SkippedRowError
from fake_news.detection.factchecks.publishers import canonical_publisher, publisher_of_address
from fake_news.detection.factchecks.ratings import label_of_rating, short_rating
from fake_news.detection.text.tokens import INVISIBLE

_LONGEST_CLAIM = 2000
_LONGEST_FIELD = 300
_FEWEST_WORDS = 3
_FORMS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%B %d %Y",
    "%b %d %Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%B-%Y",
    "%d.%m.%Y",
    "%Y-%m",
    "%B %Y",
    "%Y",
)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[ ,.]+", re.IGNORECASE)
_TIME_BEFORE_YEAR = re.compile(r" \d{1,2}:\d{2}(?::\d{2})?(?: [+-]\d{4}| [A-Z]{3,4})?(?= \d{4}$)")  # ctime, Twitter
_TIME = re.compile(r"(?:[T ]|,? at )\d{1,2}:\d{2}.*$|T\d{4,6}.*$|(?<=\d)(?:Z|[+-]\d{2}:\d{2})$")
_PUNCTUATION = re.compile(r"[,]|(?<=[a-zA-Z])\.|(?<=\d)\.(?= )")  # Mar. 4, 2021; 4. March 2021
_EARLIEST = date(1900, 1, 1)
_LONGEST_TEXT = 20_000  # before markup is removed: a hostile text could slow the parser down
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
"""They are removed, because spaces in their place would cut words in two."""
_LONGEST_ADDRESS = 2000
_NEVER_IN_ADDRESSES = frozenset('<>"\\')


def iso_day(value: object) -> str:
    """Write a date of any known form as ISO 8601, empty where it is ambiguous.

    3/4/2021 is in March to some and in April to others: such a date counts only where one of the numbers cannot be a
    month.

    >>> iso_day("Thu, March 4th, 2021"), iso_day("2021-03-04T10:00:00+01:00"), iso_day("3/4/2021")
    ('2021-03-04', '2021-03-04', '')
    """
    if not isinstance(value, str):
        return ""
    text = _WEEKDAY.sub("", " ".join(value[:100].split()))
    text = _ORDINAL.sub("", _TIME.sub("", _TIME_BEFORE_YEAR.sub("", text)))
    if found := _SLASHED.fullmatch(text):
        return _from_slashed(*map(int, found.groups()))
    text = " ".join(_PUNCTUATION.sub(" ", text).split()).replace("Sept ", "Sep ")
    for form in _FORMS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
        return _plausible(day)
    return ""


def _from_slashed(first: int, second: int, year: int) -> str:
    if first != second and first <= 12 and second <= 12:
        return ""
    month, day = (second, first) if first > 12 else (first, second)
    try:
        return _plausible(date(year, month, day))
    except ValueError:
        return ""


def _plausible(day: date) -> str:
    return day.isoformat() if day >= _EARLIEST else ""


def plain_text(value: object) -> str:
    """Write a field as one line, without markup and control characters; empty for anything but text and numbers.

    >>> plain_text("<p>The ferry &amp; the <b>pier</b></p>")
    'The ferry & the pier'
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = f"{value:g}" if abs(value) < 1e15 and math.isfinite(value) else ""
    if not isinstance(value, str):
        return ""
    text = value[:_LONGEST_TEXT]
    if "<" in text or "&" in text:
        text = _without_markup(text)
        if _TAG.search(text):  # markup that was written as entities
            text = _without_markup(text)
    if not text.isprintable():  # what is invisible is not printable either
        text = _INVISIBLE.sub("", text)
        text = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(text.split())


class _Markup(HTMLParser):
    """Keeps the text between tags, except for scripts and styles."""

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


def link_address(value: object) -> str:
    """Check that an address may become a link (http or https, a host, no password), and return it unchanged.

    A host name in look-alike letters is accepted: browsers show such names in Punycode.

    Raises
    ------
    SkippedRowError
        If it may not; the message says why.
    """
    text = value.strip() if isinstance(value, str) else ""
    if not text:
        raise SkippedRowError("no address (url)")
    if len(text) > _LONGEST_ADDRESS:
        raise SkippedRowError(f"the address (url) is longer than {_LONGEST_ADDRESS:,} characters")
    # Before parsing: Python's parser drops some control characters, as browsers do, and keeps others.
    if any(char in _NEVER_IN_ADDRESSES or char.isspace() or not char.isprintable() for char in text):
        raise SkippedRowError("the address (url) holds characters that no address has")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise SkippedRowError("the address (url) is not one of http or https") from None
    if parts.scheme not in ("http", "https") or not host:
        raise SkippedRowError("the address (url) is not one of http or https")
    if "@" in parts.netloc:
        raise SkippedRowError("the address (url) holds a user name or password")
    return text


def ruled_claim(fields: Mapping[str, Any]) -> RuledClaim:
    """Make a fact-check of its fields, whose values may be of any type.

    Raises
    ------
    SkippedRowError
        If it lacks what a fact-check needs.
    """
    text = plain_text(fields.get("text")).strip('"“”')
    if len(text.split()) < _FEWEST_WORDS:
        raise SkippedRowError("no claim of three words or more")
    if len(text) > _LONGEST_CLAIM:
        raise SkippedRowError(f"the claim is longer than {_LONGEST_CLAIM:,} characters")
    words = plain_text(fields.get("rating"))
    if not words:
        raise SkippedRowError("no rating")
    rating = short_rating(words)
    if not rating:
        raise SkippedRowError("a long rating that begins with another verdict than it ends with")
    url = link_address(fields.get("url"))
    fact_check = FactCheck(
        _publisher(plain_text(fields.get("publisher")), url)[:_LONGEST_FIELD],
        rating,
        label_of_rating(rating),
        plain_text(fields.get("speaker"))[:_LONGEST_FIELD],
        _past(iso_day(fields.get("claim_date"))),
        _past(iso_day(fields.get("review_date"))),
        url,
    )
    return RuledClaim(text, plain_text(fields.get("headline"))[:_LONGEST_FIELD], fact_check)


def _past(day: str) -> str:
    """Drop a day in the future: a ruling dated next year would be the newest until then."""
    tomorrow = (datetime.now(tz=UTC) + timedelta(days=1)).date().isoformat()  # in the east it is tomorrow already
    return day if day <= tomorrow else ""


def _publisher(name: str, url: str) -> str:
    """Find the publisher's name; the name of the site where only its address is known."""
    if not name:
        return publisher_of_address(url)
    if name.startswith(("http://", "https://")):
        return publisher_of_address(name) or canonical_publisher(urlsplit(name).path.strip("/"))
    return canonical_publisher(name)
