"""Addresses for PolitiFact's rulings: two fifths of the archive's rows lack them, and other sets have many."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from fake_news.data.fact_check_sources import POLITIFACT, day_in_address, normalised, slug_words
from fake_news.data.folder import read_table
from fake_news.detection.factchecks.fact_check import SPEAKER_PAGE, FactCheck, RuledClaim

_PAGE = re.compile(r"politifact\.com/factchecks/\d{4}/\w+/\d+/([^/]+)/")
_MOST_DAYS_APART = 400
"""A ruling comes weeks after what it rules on, seldom a year; a claim made again years later has another."""


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
