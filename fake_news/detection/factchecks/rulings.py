"""The rulings of an index as columns: making 35,000 objects would take longer than the rest of the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fake_news.detection.factchecks.fact_check import FactCheck
from fake_news.detection.factchecks.ratings import label_of_rating

Codes = NDArray[np.unsignedinteger[Any]]

_NO_DAY = 0


@dataclass(frozen=True)
class Rulings:
    """Rulings without the claims' texts; ``rulings[i]`` makes the i-th.

    Publishers, ratings and speakers are lists without repetition, which the codes point into; days are proleptic
    Gregorian ordinals, 0 if unknown.
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
        """The rulings by name, for a file."""
        texts = {name: getattr(self, name) for name in ("publishers", "ratings", "speakers", "urls")}
        codes = ("publisher", "rating", "speaker", "claim_day", "review_day")
        return {name: _lines(items) for name, items in texts.items()} | {name: getattr(self, name) for name in codes}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Rulings:
        """Read the rulings that :meth:`as_arrays` wrote."""
        texts = {name: _unlines(arrays[name]) for name in ("publishers", "ratings", "speakers", "urls")}
        codes = ("publisher", "rating", "speaker", "claim_day", "review_day")
        return cls(**texts, **{name: arrays[name] for name in codes})  # type: ignore[arg-type]


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
