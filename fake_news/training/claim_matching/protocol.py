"""The protocol: data to train on and to measure on; whole events are held out, so that no debate is in both.

A debate sentence that says what five rulings are on is rightly linked to any of them, and a line that "nobody
fact-checked" may repeat a checked claim word for word. ``adjudications.json`` lists the links that a person found
right, by hashes of the sentence and of the claim; links that were not reviewed count as wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fake_news.data.claim_pairs import (
    KnownLie,
    RewordedRuling,
    VerifiedClaims,
    load_annotated,
    load_known_lies,
    load_unmatched_lines,
    load_verified_claims,
)
from fake_news.data.claims import load_claimbuster
from fake_news.data.fact_checks import Collection, load_fact_checks, normalised
from fake_news.data.ordinary_text import load_articles

SETS = (
    "politifact snopes multi_factcheckers fact_checks_2021_2025 checkthat_2022_task2 known_lie checkthat_2020_task2 "
    "claimbuster fakenewsnet"
).split()
"""The data sets that are used."""


@dataclass(frozen=True)
class MatchingData:
    """The data that claim matching learns from and is measured on.

    Attributes
    ----------
    collection : the fact-checks
    lies : sentences with their fact-checks, by side: ``train`` or ``test``
    lines : lines of the same events that match nothing, by side and event
    verified : CheckThat! 2020; its dev tweets are only measured on
    annotated : claims in the words of AVeriTeC's annotators, to learn from
    articles : ordinary articles by side: ``train`` to learn from, ``valid`` to choose the threshold on
    non_claims : ClaimBuster's sentences that are no claims, by side
    """

    collection: Collection
    lies: dict[str, list[KnownLie]]
    lines: dict[str, dict[str, list[str]]]
    verified: VerifiedClaims
    annotated: list[RewordedRuling]
    articles: dict[str, list[list[str]]]
    non_claims: dict[str, list[str]]

    @property
    def claim_texts(self) -> list[str]:
        """The texts of the fact-checked claims."""
        return [claim.text for claim in self.collection.claims]


def load_matching_data(folder: Path) -> MatchingData:
    """Read the sets and split them: every second event is held out for the test.

    Raises
    ------
    DataError
        If a file is missing or a row malformed; the message names file and line.
    """
    collection = load_fact_checks(folder)
    lies = load_known_lies(folder, collection.claims)
    lines = load_unmatched_lines(folder)
    held_out = held_out_events([*(lie.event for lie in lies), *lines])
    articles, non_claims = load_articles(folder), [s.text for s in load_claimbuster(folder) if not s.is_claim]
    return MatchingData(
        collection,
        {
            "train": [lie for lie in lies if lie.event not in held_out],
            "test": [lie for lie in lies if lie.event in held_out],
        },
        {
            "train": {event: found for event, found in lines.items() if event not in held_out},
            "test": {event: found for event, found in lines.items() if event in held_out},
        },
        load_verified_claims(folder),
        load_annotated(folder, collection.claims),
        {"train": articles[0::2], "valid": articles[1::2]},
        {"train": non_claims[0::2], "test": non_claims[1::2]},
    )


def held_out_events(events: Iterable[str]) -> frozenset[str]:
    """Select every second event by date and name."""
    return frozenset(sorted(set(events))[1::2])


def paragraphs(articles: Sequence[Sequence[str]], most: int = 40) -> list[str]:
    """List the first paragraphs of each article, as long bills and transcripts would outweigh the news."""
    return [paragraph for article in articles for paragraph in article[:most]]


_FILE = Path(__file__).with_name("adjudications.json")


class Adjudications:
    """Links that a person reviewed."""

    def __init__(self, path: Path = _FILE) -> None:
        self._same = frozenset(json.loads(path.read_text(encoding="utf-8"))["same"]) if path.exists() else frozenset()

    def same(self, sentence: str, claim: str) -> bool:
        """Whether a person found that the sentence says what the claim says."""
        return link_key(sentence, claim) in self._same


def link_key(sentence: str, claim: str) -> str:
    """Identify a link by hashes of the sentence and of the claim."""
    return " ".join(hashlib.sha256(normalised(text).encode()).hexdigest()[:12] for text in (sentence, claim))
