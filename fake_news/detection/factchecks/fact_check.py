"""A published fact-check: who ruled how on whose claim, when, and where to read it; alone, or many as columns.

The 49,000 of a checkpoint are kept as columns, because making as many objects would take longer than the rest of the
start. The claim itself is not a part of them: only its vector is, made from :func:`encoder_text`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.detection.factchecks.ratings import label_of_rating
from fake_news.detection.verdict import Label

Codes = NDArray[np.unsignedinteger[Any]]

SPEAKER_PAGE = "/personalities/"
"""In the address of PolitiFact's page about a speaker, which lists all rulings on what they said."""
_FRAME = re.compile(r"^(?:Says|Said|Claims)\s+(?:that\s+)?", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]m|I['’]ve|my|we|our|me|us)\b")
_PRONOUN_FIRST = re.compile(r"(?:he|she|they|his|her)\b", re.IGNORECASE)
_NOBODY = re.compile(r"post|image|viral|blog|e-?mail|tweet|users|multiple|facebook|instagram|social", re.IGNORECASE)
_NO_DAY = 0
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A fact-check without the text of its claim.

    Attributes
    ----------
    publisher : str
        Who ruled.
    rating : str
        The publisher's own wording.
    label : Label or None
        ``FALSE``, ``MIXED`` or ``TRUE``; ``None`` if the rating is none of them, so that it decides nothing.
    speaker : str
        Who made the claim, empty if nobody is named.
    claim_date, review_date : str
        ISO 8601, empty if unknown.
    url : str
        The ruling itself; if its address is unknown, the publisher's page about the speaker.
    """

    publisher: str
    rating: str
    label: Label | None
    speaker: str
    claim_date: str
    review_date: str
    url: str

    @property
    def date(self) -> str:
        """The day of the ruling, else of the claim."""
        return self.review_date or self.claim_date

    @property
    def has_own_address(self) -> bool:
        """Whether the address leads to the ruling itself, not to the publisher's page about the speaker."""
        return bool(self.url) and SPEAKER_PAGE not in self.url


@dataclass(frozen=True, slots=True)
class RuledClaim:
    """A claim in the publisher's words, the ruling on it, and its headline if it has one."""

    text: str
    headline: str
    fact_check: FactCheck


@dataclass(frozen=True)
class Rulings:
    """Many fact-checks as columns; ``rulings[i]`` makes the i-th.

    Publishers, ratings and speakers are lists without repetition, which the codes index; days are proleptic Gregorian
    ordinals, 0 if unknown.
    """

    publishers: list[str]
    ratings: list[str]
    speakers: list[str]
    urls: list[str]
    publisher: Codes
    rating: Codes
    speaker: Codes
    claim_day: NDArray[np.int32]
    review_day: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.urls)

    def __getitem__(self, i: int) -> FactCheck:
        rating = self.ratings[self.rating[i]]
        return FactCheck(
            self.publishers[self.publisher[i]],
            rating,
            label_of_rating(rating),
            self.speakers[self.speaker[i]],
            _iso(int(self.claim_day[i])),
            _iso(int(self.review_day[i])),
            self.urls[i],
        )

    @property
    def newest(self) -> str | None:
        """The day of the newest ruling."""
        return _iso(int(self.review_day.max(initial=_NO_DAY))) or None

    def by_publisher(self) -> dict[str, int]:
        """Count the rulings of each publisher, most first."""
        counts = np.bincount(self.publisher, minlength=len(self.publishers))
        return {self.publishers[i]: int(counts[i]) for i in np.argsort(-counts, kind="stable")}

    @classmethod
    def of(cls, fact_checks: Sequence[FactCheck]) -> Rulings:
        """Make the columns of fact-checks."""
        publishers, publisher = _encode([fact_check.publisher for fact_check in fact_checks])
        ratings, rating = _encode([fact_check.rating for fact_check in fact_checks])
        speakers, speaker = _encode([fact_check.speaker for fact_check in fact_checks])
        return cls(
            publishers,
            ratings,
            speakers,
            [fact_check.url for fact_check in fact_checks],
            publisher,
            rating,
            speaker,
            _days([fact_check.claim_date for fact_check in fact_checks]),
            _days([fact_check.review_date for fact_check in fact_checks]),
        )

    def as_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the columns by name, for a file."""
        texts = {name: getattr(self, name) for name in ("publishers", "ratings", "speakers", "urls")}
        codes = ("publisher", "rating", "speaker", "claim_day", "review_day")
        return {name: _lines(items) for name, items in texts.items()} | {name: getattr(self, name) for name in codes}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Rulings:
        """Read the columns that :meth:`as_arrays` wrote."""
        texts = {name: _unlines(arrays[name]) for name in ("publishers", "ratings", "speakers", "urls")}
        codes = ("publisher", "rating", "speaker", "claim_day", "review_day")
        return cls(**texts, **{name: arrays[name] for name in codes})  # type: ignore[arg-type]


def encoder_text(claim: str, speaker: str = "") -> str:
    """Write a claim as the encoder gets it: without the fact-checker's frame, with its speaker where that matters.

    Training, the index and imports share this function, so that a claim always has the vector it was learned with.

    >>> encoder_text("Says he never met the mayor.", "John Roe")
    'John Roe says: he never met the mayor.'
    >>> encoder_text("Says the bridge is closed.", "Facebook posts")
    'The bridge is closed.'
    """
    text = _SPACE.sub(" ", claim).strip().strip('"“”').replace('""', '"')
    text = _FRAME.sub("", text)
    is_person = bool(speaker) and not _NOBODY.search(speaker)
    if is_person and (_FIRST_PERSON.search(text) or _PRONOUN_FIRST.match(text)):
        text = f"{speaker} says: {text}"
    return text[:1].upper() + text[1:]


def _encode(values: Sequence[str]) -> tuple[list[str], Codes]:
    distinct = sorted(set(values))
    codes = {value: code for code, value in enumerate(distinct)}
    # A large imported feed has more than 65,536 speakers.
    kind: Any = np.uint16 if len(distinct) <= np.iinfo(np.uint16).max else np.uint32
    return distinct, np.array([codes[value] for value in values], dtype=kind)


def _days(values: Sequence[str]) -> NDArray[np.int32]:
    return np.array([date.fromisoformat(value).toordinal() if value else _NO_DAY for value in values], dtype=np.int32)


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat() if day else ""


def _lines(items: Sequence[str]) -> NDArray[np.uint8]:
    # A line break inside an item would shift the publishers, speakers or addresses of all later fact-checks.
    if broken := [item for item in items if "\n" in item]:
        raise ValueError(f"a line break in {broken[0]!r}")
    return np.frombuffer("\n".join(items).encode("utf-8"), dtype=np.uint8)


def _unlines(content: NDArray[np.uint8]) -> list[str]:
    return content.tobytes().decode("utf-8").split("\n")
