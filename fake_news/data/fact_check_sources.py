"""Readers of the sets of published fact-checks, which all give the same records.

No set has a licence for re-publication: the texts are read, and never written anywhere.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from fake_news.common.errors import DataError
from fake_news.data.fact_check_addresses import POLITIFACT, canonical_address, day_in_address, iso_day, slug_words
from fake_news.data.folder import read_json, read_table
from fake_news.detection.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.detection.factchecks.publishers import canonical_publisher
from fake_news.detection.factchecks.ratings import label_of_rating, short_rating

_POLITIFACT_RATINGS = {
    "pants-fire": "Pants on Fire",
    "false": "False",
    "barely-true": "Mostly False",  # its name until July 2011
    "mostly-false": "Mostly False",
    "half-true": "Half True",
    "mostly-true": "Mostly True",
    "true": "True",
    "full-flop": "Full Flop",
    "half-flip": "Half Flip",
    "no-flip": "No Flip",
}
_STATED = re.compile(r"stated on (\w+ \d{1,2}, \d{4})")
_DATE_OF_THE_CLAIM = frozenset({"AP News"})
_TOPIC = re.compile(r"On (?!average)[^,.]{3,80}\.?")
_FINITE_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do|sa[iy]\w*|\w{2,}ed)\b")


def is_topic(text: str) -> bool:
    """Whether a text names a topic and claims nothing, such as "On the ferry fees"."""
    return bool(_TOPIC.fullmatch(text.strip())) and not _FINITE_VERB.search(text)


def politifact(path: Path) -> list[RuledClaim]:
    """PolitiFact's archive. Trap: two fifths of the rows lack the address, and a third the day of the fact-check."""
    columns = ["statement", "verdict", "speaker", "stated_date", "factcheck_date", "url", "date"]
    claims = []
    for line, row in read_table(path, columns, quoted=True):
        if row["verdict"] not in _POLITIFACT_RATINGS:
            raise DataError(f"{path}, line {line}: verdict is {row['verdict']!r}.", "Fix or remove the row.")
        reviewed = iso_day(row["factcheck_date"]) or day_in_address(row["url"]) or iso_day(row["date"])
        claims.append(
            _politifact_claim(
                row["statement"], row["verdict"], row["speaker"], iso_day(row["stated_date"]), reviewed, row["url"]
            )
        )
    return claims


def politifact_verified(path: Path) -> list[RuledClaim]:
    """CheckThat! 2022, task 2B: PolitiFact to 2021 with address and title."""
    claims = []
    for row in _json_lines(path, ("url", "speaker", "vclaim", "truth_label", "date", "title")):
        if row["truth_label"] not in _POLITIFACT_RATINGS or not row["url"]:
            continue
        stated = _STATED.search(row["date"] or "")
        url = row["url"] if row["url"].startswith("http") else POLITIFACT + row["url"]
        claim = _politifact_claim(
            row["vclaim"],
            row["truth_label"],
            row["speaker"],
            iso_day(stated[1], "%B %d, %Y") if stated else "",
            day_in_address(url),
            url,
        )
        claims.append(replace(claim, headline=plain(row["title"]) or claim.headline))
    return claims


def snopes(folder: Path) -> list[RuledClaim]:
    """Snopes to October 2020. Trap: every file holds one rating, and the newest fact-checks come first."""
    claims = []
    for path in sorted(folder.glob("*-stories.json")):
        for row in read_json(path):
            rating = _named(str(row["evaluation"]))
            day = iso_day(row["date_posted"], "%d %B %Y")
            ruling = FactCheck("Snopes", rating, label_of_rating(rating), "", "", day, row["url"])
            claims.append(RuledClaim(plain(row["statement"] or row["title"]), plain(row["title"]), ruling))
    if not claims:
        raise DataError(f"No fact-checks under {folder}.", "Get them, or name another --data-dir.")
    return claims


def snopes_verified(path: Path) -> list[RuledClaim]:
    """CheckThat! 2022, task 2A: Snopes to March 2022. Trap: it has no ratings."""
    claims = []
    for row in _json_lines(path, ("title", "date", "vclaim", "url")):
        ruling = FactCheck("Snopes", "", None, "", "", iso_day(row["date"] or "", "%d %B %Y"), row["url"])
        claims.append(RuledClaim(plain(row["vclaim"]), plain(row["title"]), ruling))
    return claims


def us_politicians(path: Path) -> list[RuledClaim]:
    """ClaimReview of many publishers on US politicians. Trap: 1,220 ratings; PolitiFact's rows repeat the archive."""
    columns = ["url", "title", "textualRating", "publisher.name", "reviewDate", "text", "claimant", "claimDate"]
    claims, titles = [], {}
    for _, row in read_table(path, columns, quoted=True):
        ruling = _free_ruling(
            # Semicolons stand where commas were.
            {name: row[name].replace(";", ",") if name in ("textualRating", "text") else row[name] for name in columns},
            rating="textualRating",
            publisher="publisher.name",
            speaker="claimant",
            claim_date="claimDate",
            review_date="reviewDate",
        )
        claims.append(RuledClaim(plain(row["text"].replace(";", ",")), "", ruling))
        titles[row["url"]] = plain(row["title"])
    return _with_headlines(claims, [titles[claim.fact_check.url] for claim in claims])


def publishers_of_2021_to_2025(path: Path) -> list[RuledClaim]:
    """Seventy publishers, as several projects collected them.

    Traps: ratings are free text, and a quarter of the rows has none; the day of some is the claim's.
    """
    columns = ["claim", "rating", "publisher", "url", "review_date", "speaker", "claim_date", "headline"]
    claims, headlines = [], []
    for _, row in read_table(path, columns, quoted=True):
        ruling = _free_ruling(
            row,
            rating="rating",
            publisher="publisher",
            speaker="speaker",
            claim_date="claim_date",
            review_date="review_date",
        )
        if ruling.publisher in _DATE_OF_THE_CLAIM:
            ruling = replace(ruling, claim_date=ruling.claim_date or ruling.review_date, review_date="")
        claims.append(RuledClaim(plain(row["claim"]), "", ruling))
        headlines.append(plain(row["headline"]))
    return sorted(
        _with_headlines(claims, headlines), key=lambda claim: (not claim.fact_check.label, not claim.fact_check.rating)
    )


def plain(text: str | None) -> str:
    """Put a field on one line, without HTML entities and surrounding quotation marks."""
    return " ".join(html.unescape(text or "").strip().strip('"“”').split())


def _politifact_claim(text: str, verdict: str, speaker: str, stated: str, reviewed: str, url: str) -> RuledClaim:
    rating = _POLITIFACT_RATINGS[verdict]
    label = None if is_topic(text) else label_of_rating(rating)
    ruling = FactCheck("PolitiFact", rating, label, plain(speaker), stated, reviewed, url)
    return RuledClaim(plain(text), slug_words(url), ruling)


def _free_ruling(row: dict[str, str], **names: str) -> FactCheck:
    """Make a ruling of a row whose rating and publisher are free text."""
    field = {what: plain(row[name]) for what, name in names.items()}
    rating = short_rating(_named(field["rating"]))
    return FactCheck(
        canonical_publisher(field["publisher"]),
        rating,
        label_of_rating(rating),
        field["speaker"],
        iso_day(field["claim_date"][:10]),
        iso_day(field["review_date"][:10]),
        row["url"].strip(),
    )


def _named(rating: str) -> str:
    """Spell a rating as people write it: neither ``mostly-false`` nor ``MOSTLY FALSE``."""
    if rating.islower() and " " not in rating:
        return rating.replace("-", " ").replace("_", " ").title()
    return rating.replace("_", " ").capitalize() if rating.isupper() else rating.replace("_", " ")


def _with_headlines(claims: list[RuledClaim], headlines: list[str]) -> list[RuledClaim]:
    """Add headlines, but not those of pages with several claims, which say little about each."""
    pages = Counter(canonical_address(claim.fact_check.url) for claim in claims)
    return [
        replace(claim, headline=headline) if pages[canonical_address(claim.fact_check.url)] == 1 else claim
        for claim, headline in zip(claims, headlines, strict=True)
    ]


def _json_lines(path: Path, names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                row = json.loads(line)
                if missing := [name for name in names if name not in row]:
                    raise DataError(f"{path}, line {number}: no {missing[0]}.", "Download the file again.")
                yield row
    except (OSError, EOFError, UnicodeDecodeError, json.JSONDecodeError, TypeError) as error:
        raise DataError(f"{path} cannot be read ({error}).", "Download the file again.") from error
