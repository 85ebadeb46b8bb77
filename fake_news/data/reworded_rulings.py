"""Checked claims in the words of AVeriTeC's annotators."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from fake_news.data.fact_checks import canonical_address, normalised
from fake_news.data.folder import read_json
from fake_news.detection.factchecks.fact_check import RuledClaim

_ARCHIVED = re.compile(r"web\.archive\.org/web/\d+[a-z_]*/(.*)")


class RewordedRuling(NamedTuple):
    """A text and the claim whose ruling it repeats.

    Attributes
    ----------
    claim : row of the fact-check
    """

    text: str
    claim: int


def load_annotated(folder: Path, claims: Sequence[RuledClaim]) -> list[RewordedRuling]:
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
            found.append(RewordedRuling(item["claim"], rows[0]))
    return found
