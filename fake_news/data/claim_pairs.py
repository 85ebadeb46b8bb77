"""Statements with the fact-check that ruled on them: of debates (known_lie), tweets (CheckThat! 2020), and AVeriTeC."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from fake_news.common.errors import DataError
from fake_news.data.fact_checks import canonical_address, normalised
from fake_news.data.folder import read_json, read_table
from fake_news.detection.factchecks.fact_check import RuledClaim

_LINK = re.compile(r"https?://\S+|pic\.twitter\.com/\S+")
_ARCHIVED = re.compile(r"web\.archive\.org/web/\d+[a-z_]*/(.*)")


@dataclass(frozen=True, slots=True)
class KnownLie:
    """A sentence of a debate or speech, and the rows of the fact-checks that its annotators found for it.

    Attributes
    ----------
    event, line : the debate and the number of the line
    text : the sentence
    reworded : the sentence as rewritten in the source of the annotations
    gold : rows of the fact-checks: several where one ruling occurs twice, none where it is not in the index
    doubtful : the annotators' remark, such as WEAK
    """

    event: str
    line: str
    text: str
    reworded: str
    gold: frozenset[int]
    doubtful: str


@dataclass(frozen=True)
class VerifiedClaims:
    """CheckThat! 2020 task 2: claims that Snopes ruled on, and tweets with the claims they repeat."""

    claims: list[tuple[str, str]]
    tweets: dict[str, list[tuple[str, frozenset[int]]]]


def load_known_lies(folder: Path, claims: list[RuledClaim]) -> list[KnownLie]:
    """Sentences of 39 debates and speeches (Shaar et al. 2020, "That is a known lie"). No licence stated.

    Traps: the addresses are PolitiFact's old ones, of which only the last part still identifies the ruling; notes such
    as WEAK and NOT SURE mark doubtful pairs; some debates were saved in a wrong encoding.
    """
    by_words: dict[str, set[int]] = {}
    by_address: dict[str, set[int]] = {}
    for row, claim in enumerate(claims):
        by_words.setdefault(normalised(claim.text), set()).add(row)
        by_address.setdefault(_last_part(claim.fact_check.url), set()).add(row)
    columns = [
        "line_number",
        "sentence",
        "politifact_statement",
        "verified_claim",
        "verified_claim_url",
        "notes",
    ]
    found = []
    for path in sorted((folder / "known_lie" / "fact-checking").glob("*.csv")):
        for _, fields in read_table(path, columns, quoted=True):
            gold = by_words.get(normalised(fields["verified_claim"]), set())
            gold = gold | by_address.get(_last_part(fields["verified_claim_url"].strip()), set())
            found.append(
                KnownLie(
                    path.stem,
                    fields["line_number"],
                    _repair(fields["sentence"]),
                    _repair(fields["politifact_statement"]),
                    frozenset(gold),
                    fields["notes"],
                )
            )
    if not found:
        raise DataError(f"No debates under {folder / 'known_lie'}.", "Get them, or name another --data-dir.")
    return found


def load_verified_claims(folder: Path) -> VerifiedClaims:
    """CheckThat! 2020 task 2, English. Free for research. Trap: the claims need quoting, unlike most of these sets."""
    place = folder / "checkthat_2020_task2"
    rows = [
        (row["vclaim"], row["title"])
        for _, row in read_table(place / "verified_claims.docs.tsv", ["vclaim", "title"], quoted=True, separator="\t")
    ]
    tweets = {}
    for split in ("train", "dev"):
        relevant: dict[str, set[int]] = {}
        for _, row in read_table(
            place / split / "tweet-vclaim-pairs.qrels",
            ["tweet", "zero", "claim", "one"],
            quoted=False,
            separator="\t",
            header=False,
        ):
            relevant.setdefault(row["tweet"], set()).add(int(row["claim"]))
        texts = {
            row[""]: row["tweet_content"]
            for _, row in read_table(
                place / split / "tweets.queries.tsv", ["", "tweet_content"], quoted=True, separator="\t"
            )
        }
        tweets[split] = [(_LINK.sub("", texts[tweet]), frozenset(claims)) for tweet, claims in sorted(relevant.items())]
    return VerifiedClaims(rows, tweets)


def load_unmatched_lines(folder: Path) -> dict[str, list[str]]:
    """Load the lines of the same debates and speeches for which no fact-check was found, by event."""
    lines = {}
    for path in sorted((folder / "known_lie" / "transcripts").glob("*.tsv")):
        rows = read_table(path, ["line", "speaker", "text", "checked"], quoted=False, separator="\t", header=False)
        lines[path.stem] = [row["text"] for _, row in rows if row["checked"] == "0"]
    return lines


def _repair(text: str) -> str:
    """Repair a text whose UTF-8 was once read as Mac Roman: "‚Äô" is an apostrophe."""
    try:
        return text.encode("mac_roman").decode("utf-8")
    except ValueError:
        return text


def _last_part(url: str) -> str:
    return url.rstrip("/").rsplit("/", 1)[-1].lower()


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
