"""Dates as publishers write them."""

from __future__ import annotations

import re
from datetime import date, datetime

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


def iso_day(value: object) -> str:
    """A date in whatever form as ISO 8601, empty where it is unclear.

    3/4/2021 is March or April to different people: it is a date only where one of the numbers cannot be a month.

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
