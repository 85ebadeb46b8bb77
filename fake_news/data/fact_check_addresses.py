"""Addresses of rulings, their spellings, and those that PolitiFact's archive lacks.

Two fifths of the archive's rows have no address; other sets have many of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from fake_news.data.folder import read_table
from fake_news.detection.factchecks.fact_check import SPEAKER_PAGE, FactCheck, RuledClaim
from fake_news.detection.text.tokens import tokenize

POLITIFACT = "https://www.politifact.com"
_DAY_IN_ADDRESS = re.compile(r"politifact\.com/factchecks/(\d{4})/(\w{3})/(\d{1,2})/")
_PAGE = re.compile(r"politifact\.com/factchecks/\d{4}/\w+/\d+/([^/]+)/")
_MOST_DAYS_APART = 400
"""A ruling comes weeks after the claim, seldom a year; a claim that is repeated years later has another ruling."""


def canonical_address(url: str) -> str:
    """Remove from an address what varies between sources: scheme, ``www``, query, trailing slash."""
    return re.sub(r"^https?://(?:www\.)?", "", url.strip().lower()).split("?")[0].split("#")[0].rstrip("/")


def day_in_address(url: str) -> str:
    """The day in the address of a PolitiFact ruling; empty where there is none."""
    found = _DAY_IN_ADDRESS.search(url)
    return iso_day(f"{found[1]} {found[2].title()} {found[3]}", "%Y %b %d") if found else ""


def slug_words(url: str) -> str:
    """The headline in the address of a PolitiFact ruling; empty for other publishers."""
    slug = url.split("#")[0].rstrip("/").rsplit("/", 1)[-1]
    return slug.replace("-", " ") if "politifact.com" in url else ""


def iso_day(value: str, form: str = "%Y-%m-%d") -> str:
    """Convert a day to ISO 8601; a month alone becomes its first day, anything else the empty string."""
    value = value.strip()
    if form == "%Y-%m-%d" and re.fullmatch(r"\d{4}-\d{2}", value):
        value += "-01"
    try:
        day = datetime.strptime(value, form).date()  # noqa: DTZ007  # a day has no time zone
    except ValueError:
        return ""
    return day.isoformat() if date(1990, 1, 1) < day else ""


@lru_cache(maxsize=1 << 17)  # the same text is asked for by several rules
def normalised(text: str) -> str:
    """The words of a text in a normal form, the same for every source."""
    return " ".join(token.form for token in tokenize(text))


@dataclass
class Addresses:
    """Addresses of rulings by the words of the claim."""

    _found: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, text: str, url: str, day: str = "") -> None:
        """Add the address of the ruling on a text, and the day of the claim or ruling."""
        if _PAGE.search(url) or (url and "politifact.com" not in url) or "/statements/" in url:
            self._found[normalised(text)].setdefault(url.strip().split("#")[0], day_in_address(url) or day)

    def address(self, claim: RuledClaim) -> str:
        """The address of the ruling on a claim; of several, that of its speaker which is nearest in time."""
        found = self._found.get(normalised(claim.text), {})
        if len(found) < 2:
            return next(iter(found), "")
        slug = speaker_slug(claim.fact_check.speaker)
        of_speaker = {url: day for url, day in found.items() if slug and f"/{slug}/" in url} or found
        apart = {url: _days_apart(claim.fact_check, day) for url, day in of_speaker.items()}
        nearest = min(apart, key=lambda url: apart[url])
        return nearest if len(of_speaker) == 1 or apart[nearest] <= _MOST_DAYS_APART else ""


def speaker_slug(speaker: str) -> str:
    """Guess the part of PolitiFact's addresses that stands for a speaker."""
    return re.sub(r"[^a-z0-9]+", "-", speaker.lower()).strip("-")


def read_filled_addresses(path: Path, addresses: Addresses) -> None:
    """Add the addresses of a table with the columns statement, date and url."""
    for _, row in read_table(path, ["statement", "date", "url"], quoted=True):
        addresses.add(row["statement"], row["url"], row["date"])


def read_debate_addresses(folder: Path, addresses: Addresses) -> None:
    """Add the addresses of the debates of ``known_lie``."""
    for path in sorted(folder.glob("*.csv")):
        for _, row in read_table(path, ["verified_claim", "verified_claim_url"], quoted=True):
            addresses.add(row["verified_claim"], row["verified_claim_url"])


def with_address(claim: RuledClaim, addresses: Addresses) -> RuledClaim:
    """Fill in the address of the ruling on a claim, where it is missing but known."""
    if claim.fact_check.url or not (url := addresses.address(claim)):
        return claim
    day = day_in_address(url) or claim.fact_check.review_date
    return replace(claim, headline=slug_words(url), fact_check=replace(claim.fact_check, url=url, review_date=day))


def speaker_slugs(claims: Iterable[RuledClaim]) -> dict[str, str]:
    """Map speakers to the part of PolitiFact's addresses that stands for them, where one is known."""
    counts: dict[str, Counter[str]] = {}
    for claim in claims:
        if found := _PAGE.search(claim.fact_check.url):
            counts.setdefault(claim.fact_check.speaker, Counter())[found[1]] += 1
    return {speaker: slugs.most_common(1)[0][0] for speaker, slugs in counts.items()}


def with_speaker_page(claim: RuledClaim, slugs: dict[str, str]) -> RuledClaim:
    """Fill in PolitiFact's page on the speaker, where the address of the ruling is unknown."""
    if claim.fact_check.url or claim.fact_check.publisher != "PolitiFact":
        return claim
    speaker = claim.fact_check.speaker
    slug = slugs.get(speaker) or speaker_slug(speaker)
    url = f"{POLITIFACT}{SPEAKER_PAGE}{slug}/" if slug else ""
    return replace(claim, fact_check=replace(claim.fact_check, url=url))


def _days_apart(ruling: FactCheck, day: str) -> int:
    """Days between a day and the claim or the ruling, whichever is nearer; very many where a day is unknown."""
    days = [date.fromisoformat(own) for own in (ruling.review_date, ruling.claim_date) if own]
    if not days or not day:
        return 1 << 20
    return min(abs((date.fromisoformat(day) - own).days) for own in days)
