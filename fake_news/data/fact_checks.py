"""Fact-checks with the claims they rule on: PolitiFact, Snopes and the publishers of ``multi_factcheckers``.

None of the sets carries a licence for re-publication: the texts are read, and never written anywhere.
"""

from __future__ import annotations

import html
import logging
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from fake_news.data.folder import read_json, read_table
from fake_news.errors import DataError
from fake_news.factchecks.fact_check import FactCheck, RuledClaim
from fake_news.factchecks.ratings import label_of_rating
from fake_news.text.tokens import tokenize

logger = logging.getLogger(__name__)

_POLITIFACT_RATINGS = {
    "pants-fire": "Pants on Fire",
    "false": "False",
    "mostly-false": "Mostly False",
    "half-true": "Half True",
    "mostly-true": "Mostly True",
    "true": "True",
}
_PUBLISHERS = {"Washington Post": "The Washington Post", "Trump-O-Meter: | PolitiFact": "PolitiFact"}
_ONE_CLAIM_A_PAGE = ("politifact.com", "snopes.com")
_POLITIFACT_PAGE = re.compile(r"politifact\.com/factchecks/\d{4}/\w+/\d+/([^/]+)/")
_FEWEST_WORDS = 3
_TOPIC = re.compile(r"On (?!average)[^,.]{3,80}\.?")
_FINITE_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|did|does|do|sa[iy]\w*|\w{2,}ed)\b")


@dataclass(frozen=True, slots=True)
class Collection:
    """Fact-checks, and what happened to the rows they come from."""

    claims: list[RuledClaim]
    counts: dict[str, int]


def load_fact_checks(folder: Path) -> Collection:
    """Every fact-check in the data folder once, oldest first.

    Two rows are the same fact-check if they have the same address (on sites with one claim a page; elsewhere the same
    address and text), or the same publisher and text.

    Raises
    ------
    DataError
        If a file is missing or a row malformed; the message names file and line.
    """
    politifact, several = _politifact(folder), _several(folder)
    addresses = _addresses(folder, several)
    politifact = [_with_address(claim, addresses) for claim in politifact]
    rows = [*politifact, *_snopes(folder), *several]
    kept = deduplicated(rows)
    slugs = _speaker_slugs(kept)
    claims = sorted((_with_speaker_page(claim, slugs) for claim in kept), key=lambda claim: claim.fact_check.date)
    counts = {
        "rows": len(rows),
        "duplicates": len(rows) - len(kept),
        "fact_checks": len(claims),
        "without_label": sum(claim.fact_check.label is None for claim in claims),
        "without_own_address": sum("/personalities/" in claim.fact_check.url for claim in claims),
        "without_address": sum(not claim.fact_check.url for claim in claims),
    }
    return Collection([claim for claim in claims if claim.fact_check.url], counts)


def deduplicated(rows: Iterable[RuledClaim]) -> list[RuledClaim]:
    """The rows without later ones of the same fact-check, and without those that have no claim to speak of."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for row in rows:
        words = normalised(row.text)
        if words.count(" ") < _FEWEST_WORDS - 1:
            continue
        address = canonical_address(row.fact_check.url)
        keys = {(row.fact_check.publisher, words)}
        if address:
            keys.add((address, "" if address.startswith(_ONE_CLAIM_A_PAGE) else words))
        if not keys & seen:
            kept.append(row)
        seen |= keys
    return kept


def is_topic(text: str) -> bool:
    """Whether a text only names what was spoken about, such as "On the ferry fees": nobody can repeat that claim."""
    return bool(_TOPIC.fullmatch(text.strip())) and not _FINITE_VERB.search(text)


def normalised(text: str) -> str:
    """The words of a text, spelt as every source spells them."""
    return " ".join(token.form for token in tokenize(text))


def canonical_address(url: str) -> str:
    """An address without what varies between sources: scheme, ``www``, query, trailing slash."""
    return re.sub(r"^https?://(?:www\.)?", "", url.strip().lower()).split("?")[0].split("#")[0].rstrip("/")


def _politifact(folder: Path) -> list[RuledClaim]:
    """The archive 2007 to 2022. Trap: 45 % of rows lack the address, and a third the day of the fact-check."""
    path = folder / "politifact" / "politifact_2007_2022.csv"
    columns = ["statement", "verdict", "speaker", "stated_date", "factcheck_date", "url", "date"]
    claims = []
    for line, row in read_table(path, columns, quoted=True):
        if row["verdict"] not in _POLITIFACT_RATINGS:
            raise DataError(f"{path}, line {line}: verdict is {row['verdict']!r}.", "Mend or remove the row.")
        rating = _POLITIFACT_RATINGS[row["verdict"]]
        ruling = FactCheck(
            "PolitiFact",
            rating,
            None if is_topic(row["statement"]) else label_of_rating(rating),
            _plain(row["speaker"]),
            _day(row["stated_date"]),
            _day(row["factcheck_date"]) or _day(row["date"]),
            row["url"],
        )
        claims.append(RuledClaim(_plain(row["statement"]), _slug_words(row["url"]), ruling))
    return claims


def _snopes(folder: Path) -> list[RuledClaim]:
    """Snopes to October 2020. Trap: every file holds one rating, and the newest fact-checks come first."""
    claims = []
    for path in sorted((folder / "snopes").glob("*-stories.json")):
        for row in read_json(path):
            rating = str(row["evaluation"]).replace("-", " ").title()
            ruling = FactCheck(
                "Snopes",
                rating,
                label_of_rating(rating),
                "",
                "",
                _day(row["date_posted"], "%d %B %Y"),
                row["url"],
            )
            claims.append(RuledClaim(_plain(row["statement"] or row["title"]), _plain(row["title"]), ruling))
    if not claims:
        raise DataError(f"No fact-checks under {folder / 'snopes'}.", "Get them, or name another --data-dir.")
    return claims


def _several(folder: Path) -> list[RuledClaim]:
    """ClaimReview of many publishers on US politicians. Trap: 1,220 ratings; PolitiFact's rows repeat the archive."""
    path = folder / "multi_factcheckers" / "all_US_politician_claims.csv"
    columns = ["url", "title", "textualRating", "publisher.name", "reviewDate", "text", "claimant", "claimDate"]
    claims = []
    for _, row in read_table(path, columns, quoted=True):
        publisher = _PUBLISHERS.get(row["publisher.name"], row["publisher.name"])
        rating = _plain(row["textualRating"]).replace(";", ",")
        if rating.isupper():
            rating = rating.capitalize()
        ruling = FactCheck(
            publisher,
            rating,
            label_of_rating(rating),
            _plain(row["claimant"]),
            _day(row["claimDate"][:10]),
            _day(row["reviewDate"][:10]),
            row["url"],
        )
        # A headline that stands over several claims says little about each of them.
        claims.append(RuledClaim(_plain(row["text"]).replace(";", ","), "", ruling))
    pages = Counter(canonical_address(claim.fact_check.url) for claim in claims)
    titles = {row["url"]: row["title"] for _, row in read_table(path, columns, quoted=True)}
    return [
        replace(claim, headline=_plain(titles[claim.fact_check.url]))
        if pages[canonical_address(claim.fact_check.url)] == 1
        else claim
        for claim in claims
    ]


def _addresses(folder: Path, several: list[RuledClaim]) -> dict[str, str]:
    """Addresses of PolitiFact's rulings by the words of the claim, from the other sets."""
    found = {
        normalised(claim.text): claim.fact_check.url for claim in several if claim.fact_check.publisher == "PolitiFact"
    }
    for path in sorted((folder / "known_lie" / "fact-checking").glob("*.csv")):
        for _, row in read_table(path, ["verified_claim", "verified_claim_url"], quoted=True):
            found.setdefault(normalised(row["verified_claim"]), row["verified_claim_url"].strip())
    return found


def _with_address(claim: RuledClaim, addresses: dict[str, str]) -> RuledClaim:
    if claim.fact_check.url or not (url := addresses.get(normalised(claim.text), "")):
        return claim
    return replace(claim, headline=_slug_words(url), fact_check=replace(claim.fact_check, url=url))


def _speaker_slugs(claims: Iterable[RuledClaim]) -> dict[str, str]:
    """What PolitiFact calls a speaker in its addresses."""
    counts: dict[str, Counter[str]] = {}
    for claim in claims:
        if found := _POLITIFACT_PAGE.search(claim.fact_check.url):
            counts.setdefault(claim.fact_check.speaker, Counter())[found[1]] += 1
    return {speaker: slugs.most_common(1)[0][0] for speaker, slugs in counts.items()}


def _with_speaker_page(claim: RuledClaim, slugs: dict[str, str]) -> RuledClaim:
    if claim.fact_check.url or claim.fact_check.publisher != "PolitiFact":
        return claim
    speaker = claim.fact_check.speaker
    slug = slugs.get(speaker) or re.sub(r"[^a-z0-9]+", "-", speaker.lower()).strip("-")
    url = f"https://www.politifact.com/personalities/{slug}/" if slug else ""
    return replace(claim, fact_check=replace(claim.fact_check, url=url))


def _slug_words(url: str) -> str:
    """The headline that an address of PolitiFact's spells."""
    return url.rstrip("/").rsplit("/", 1)[-1].replace("-", " ") if "politifact.com" in url else ""


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).strip().strip('"“”').split())


def _day(value: str, form: str = "%Y-%m-%d") -> str:
    try:
        day = datetime.strptime(value.strip(), form).date()  # noqa: DTZ007  # a day has no time zone
    except ValueError:
        return ""
    return day.isoformat() if date(1990, 1, 1) < day else ""
