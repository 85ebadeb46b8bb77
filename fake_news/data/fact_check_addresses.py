"""Addresses for PolitiFact's rulings: two fifths of the archive's rows lack them, and other sets have many."""

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
"""A ruling comes weeks after what it rules on, seldom a year; a claim made again years later has another."""


def canonical_address(url: str) -> str:
    """An address without what varies between sources: scheme, ``www``, query, trailing slash."""
    return re.sub(r"^https?://(?:www\.)?", "", url.strip().lower()).split("?")[0].split("#")[0].rstrip("/")


def day_in_address(url: str) -> str:
    """The day of a ruling of PolitiFact's, which its address spells; empty where it does not."""
    found = _DAY_IN_ADDRESS.search(url)
    return iso_day(f"{found[1]} {found[2].title()} {found[3]}", "%Y %b %d") if found else ""


def slug_words(url: str) -> str:
    """The headline that an address of PolitiFact's spells."""
    slug = url.split("#")[0].rstrip("/").rsplit("/", 1)[-1]
    return slug.replace("-", " ") if "politifact.com" in url else ""


def iso_day(value: str, form: str = "%Y-%m-%d") -> str:
    """A day as ISO 8601; a month alone is its first day."""
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
    """The words of a text, spelt as every source spells them."""
    return " ".join(token.form for token in tokenize(text))


@dataclass
class Addresses:
    """Addresses of rulings by the words of the claim."""

    _found: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, text: str, url: str, day: str = "") -> None:
        """Note where the ruling on a text is, and the day of the claim or ruling."""
        if _PAGE.search(url) or (url and "politifact.com" not in url) or "/statements/" in url:
            self._found[normalised(text)].setdefault(url.strip().split("#")[0], day_in_address(url) or day)

    def address(self, claim: RuledClaim) -> str:
        """The address of the ruling on a claim; of several the one of its speaker and nearest in time."""
        found = self._found.get(normalised(claim.text), {})
        if len(found) < 2:
            return next(iter(found), "")
        slug = speaker_slug(claim.fact_check.speaker)
        of_speaker = {url: day for url, day in found.items() if slug and f"/{slug}/" in url} or found
        apart = {url: _days_apart(claim.fact_check, day) for url, day in of_speaker.items()}
        nearest = min(apart, key=lambda url: apart[url])
        return nearest if len(of_speaker) == 1 or apart[nearest] <= _MOST_DAYS_APART else ""


def speaker_slug(speaker: str) -> str:
    """What PolitiFact most likely calls a speaker in its addresses."""
    return re.sub(r"[^a-z0-9]+", "-", speaker.lower()).strip("-")


def read_filled_addresses(path: Path, addresses: Addresses) -> None:
    """Add those of a table with the columns statement, date and url."""
    for _, row in read_table(path, ["statement", "date", "url"], quoted=True):
        addresses.add(row["statement"], row["url"], row["date"])


def read_debate_addresses(folder: Path, addresses: Addresses) -> None:
    """Add those of the debates of ``known_lie``."""
    for path in sorted(folder.glob("*.csv")):
        for _, row in read_table(path, ["verified_claim", "verified_claim_url"], quoted=True):
            addresses.add(row["verified_claim"], row["verified_claim_url"])


def with_address(claim: RuledClaim, addresses: Addresses) -> RuledClaim:
    """The claim with the address of its ruling, where it lacks one that is known."""
    if claim.fact_check.url or not (url := addresses.address(claim)):
        return claim
    day = day_in_address(url) or claim.fact_check.review_date
    return replace(claim, headline=slug_words(url), fact_check=replace(claim.fact_check, url=url, review_date=day))


def speaker_slugs(claims: Iterable[RuledClaim]) -> dict[str, str]:
    """What PolitiFact calls each speaker in its addresses, as far as these tell."""
    counts: dict[str, Counter[str]] = {}
    for claim in claims:
        if found := _PAGE.search(claim.fact_check.url):
            counts.setdefault(claim.fact_check.speaker, Counter())[found[1]] += 1
    return {speaker: slugs.most_common(1)[0][0] for speaker, slugs in counts.items()}


def with_speaker_page(claim: RuledClaim, slugs: dict[str, str]) -> RuledClaim:
    """The claim with PolitiFact's page about the speaker, where the ruling's own address is unknown."""
    if claim.fact_check.url or claim.fact_check.publisher != "PolitiFact":
        return claim
    speaker = claim.fact_check.speaker
    slug = slugs.get(speaker) or speaker_slug(speaker)
    url = f"{POLITIFACT}{SPEAKER_PAGE}{slug}/" if slug else ""
    return replace(claim, fact_check=replace(claim.fact_check, url=url))


def _days_apart(ruling: FactCheck, day: str) -> int:
    """How far a day is from the claim or the ruling, whichever is nearer; very far where nothing is known."""
    days = [date.fromisoformat(own) for own in (ruling.review_date, ruling.claim_date) if own]
    if not days or not day:
        return 1 << 20
    return min(abs((date.fromisoformat(day) - own).days) for own in days)
