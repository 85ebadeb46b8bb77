"""Claims that two sources word in two ways: AVeriTeC's annotators, and publishers who ruled on the same words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from fake_news.data.fact_checks import canonical_address, normalised
from fake_news.data.folder import read_json
from fake_news.factchecks.fact_check import RuledClaim

_ARCHIVED = re.compile(r"web\.archive\.org/web/\d+[a-z_]*/(.*)")
_DAYS_APART = 30


class Reworded(NamedTuple):
    """A text and the claim whose ruling it repeats.

    Attributes
    ----------
    claim : row of the fact-check
    own : row of the fact-check that the text itself belongs to, where it does
    """

    text: str
    claim: int
    own: int | None


def load_annotated(folder: Path, claims: Sequence[RuledClaim]) -> list[Reworded]:
    """AVeriTeC's wordings of claims whose fact-check is in the collection (Schlichtkrull et al. 2023). CC BY-NC 4.0.

    Trap: an article may rule on several claims; those are left out, and so are copies of the publisher's words.
    """
    by_address: defaultdict[str, list[int]] = defaultdict(list)
    for row, claim in enumerate(claims):
        by_address[canonical_address(claim.fact_check.url)].append(row)
    found = []
    for item in read_json(folder / "averitec" / "train.json"):
        address = item["fact_checking_article"] or ""
        archived = _ARCHIVED.search(address)
        rows = by_address.get(canonical_address(archived[1] if archived else address), [])
        if len(rows) == 1 and normalised(item["claim"]) != normalised(claims[rows[0]].text):
            found.append(Reworded(item["claim"], rows[0], None))
    return found


def ruled_twice(claims: Sequence[RuledClaim]) -> list[tuple[int, int]]:
    """Pairs of fact-checks by two publishers on one speaker within a month; whether they share a claim is not known."""
    by_speaker: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, claim in enumerate(claims):
        surname = re.sub(r"[^a-z ]", "", claim.fact_check.speaker.lower()).split()[-1:]
        day = claim.fact_check.claim_date or claim.fact_check.date
        if surname and day:
            by_speaker[surname[0]].append((date.fromisoformat(day).toordinal(), row))
    pairs = []
    for dated in by_speaker.values():
        dated.sort()
        for place, (earlier, left) in enumerate(dated):
            for later, right in dated[place + 1 :]:
                if later - earlier > _DAYS_APART:
                    break
                if claims[left].fact_check.publisher != claims[right].fact_check.publisher:
                    pairs.append((left, right))
    return pairs
