"""All published fact-checks of the data folder, without duplicates, with the claims they rule on."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.errors import DataError
from fake_news.data.fact_check_addresses import (
    Addresses,
    canonical_address,
    normalised,
    read_debate_addresses,
    read_filled_addresses,
    speaker_slugs,
    with_address,
    with_speaker_page,
)
from fake_news.data.fact_check_sources import (
    is_topic,
    politifact,
    politifact_verified,
    publishers_of_2021_to_2025,
    snopes,
    snopes_verified,
    us_politicians,
)
from fake_news.detection.factchecks.fact_check import RuledClaim
from fake_news.detection.text.language import is_english

__all__ = ["Collection", "canonical_address", "deduplicated", "is_topic", "load_fact_checks", "normalised"]

logger = logging.getLogger(__name__)

_SETS: dict[str, Callable[[Path], list[RuledClaim]]] = {  # of two rows on one ruling, that of the earlier set is kept
    "politifact/politifact_2007_2022.csv": politifact,
    "politifact/politifact_2023_2024.csv": politifact,
    "checkthat_2022_task2/2b_vclaims_politifact.jsonl.gz": politifact_verified,
    "snopes": snopes,
    "multi_factcheckers/all_US_politician_claims.csv": us_politicians,
    "fact_checks_2021_2025/fact_checks.csv": publishers_of_2021_to_2025,
    "checkthat_2022_task2/2a_vclaims_snopes.jsonl": snopes_verified,
}
_ADDRESSES: dict[str, Callable[[Path, Addresses], None]] = {
    "fact_checks_2021_2025/politifact_url_fill.csv": read_filled_addresses,
    "known_lie/fact-checking": read_debate_addresses,
}
_ONE_CLAIM_A_PAGE = ("politifact.com", "snopes.com")
_FEWEST_WORDS = 3
_KNOWN_FROM, _KNOWN_SHARE = 5, 0.9
"""English claims that must have a word for it to count as English; share of such words that an English text has."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Fact-checks that have an address, and counts of the rows that were kept and dropped."""

    claims: list[RuledClaim]
    counts: dict[str, int]


def load_fact_checks(folder: Path) -> Collection:
    """Load every fact-check in the data folder once, oldest first. Missing sets are counted and logged.

    Two rows are the same fact-check if they have the same address (on sites with one claim a page; elsewhere the same
    address and text), or the same publisher and text.

    Raises
    ------
    DataError
        If there is no set at all, or a row is malformed; the message names file and line.
    """
    counts = Counter[str]()
    sets = _read_sets(folder, counts)
    addresses = _read_addresses(folder, sets, counts)
    rows = []
    for claims in sets.values():
        filled = [with_address(claim, addresses) for claim in claims]
        counts["addresses_filled"] += sum(a is not b for a, b in zip(filled, claims, strict=True))
        rows += filled
    claimed = [row for row in rows if len(normalised(row.text).split()) >= _FEWEST_WORDS]
    in_english = _in_english(claimed)
    kept = deduplicated(in_english)
    slugs = speaker_slugs(kept)
    claims = sorted((with_speaker_page(claim, slugs) for claim in kept), key=lambda claim: claim.fact_check.date)
    addressed = [claim for claim in claims if claim.fact_check.url]
    counts.update(
        rows=len(rows),
        without_claim=len(rows) - len(claimed),
        not_english=len(claimed) - len(in_english),
        duplicates=len(in_english) - len(kept),
        without_address=len(claims) - len(addressed),
        fact_checks=len(addressed),
        without_rating=sum(not claim.fact_check.rating for claim in addressed),
        without_label=sum(claim.fact_check.label is None for claim in addressed),
        without_own_address=sum(not claim.fact_check.has_own_address for claim in addressed),
    )
    return Collection(addressed, dict(counts))


def deduplicated(rows: Iterable[RuledClaim]) -> list[RuledClaim]:
    """Drop later rows of the same fact-check, and rows whose claim has fewer than three words."""
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


def _read_sets(folder: Path, counts: Counter[str]) -> dict[str, list[RuledClaim]]:
    """Read each set that is in the data folder."""
    found = {}
    for name, read in _SETS.items():
        if _is_there(folder / name, counts):
            found[name] = read(folder / name)
            counts[f"rows of {name}"] = len(found[name])
    if not found:
        raise DataError(f"No fact-checks under {folder}.", "Get them, or name another --data-dir.")
    return found


def _read_addresses(folder: Path, sets: dict[str, list[RuledClaim]], counts: Counter[str]) -> Addresses:
    """Collect the addresses of PolitiFact's rulings from all sets."""
    addresses = Addresses()
    for claims in sets.values():
        for claim in claims:
            if claim.fact_check.publisher == "PolitiFact" and claim.fact_check.url:
                addresses.add(claim.text, claim.fact_check.url, claim.fact_check.date)
    for name, read in _ADDRESSES.items():
        if _is_there(folder / name, counts):
            read(folder / name, addresses)
    return addresses


def _is_there(path: Path, counts: Counter[str]) -> bool:
    if path.exists():
        return True
    counts["missing_sets"] += 1
    logger.warning("%s is missing: its fact-checks are left out.", path)
    return False


def _in_english(rows: list[RuledClaim]) -> list[RuledClaim]:
    """Keep the rows with an English claim, judged by its words.

    Function words decide, unless nearly all words occur in other English claims: "per" is Italian, too.
    """
    forms = [normalised(row.text).split() for row in rows]
    looks_english = [is_english(words, known=len(words)) is not False for words in forms]
    frequency = Counter[str]()
    for words, english in zip(forms, looks_english, strict=True):
        if english:
            frequency.update(set(words))
    return [
        row
        for row, words, english in zip(rows, forms, looks_english, strict=True)
        if english or sum(frequency[word] >= _KNOWN_FROM for word in words) >= _KNOWN_SHARE * len(words)
    ]
