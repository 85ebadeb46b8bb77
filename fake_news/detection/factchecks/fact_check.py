"""A published fact-check: who ruled how on whose claim, when, and where to read it."""

from __future__ import annotations

from dataclasses import dataclass

from fake_news.detection.verdict import Label

SPEAKER_PAGE = "/personalities/"
"""Stands in the address of PolitiFact's page about a speaker, which lists all rulings on what they said."""


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A ruling without the text of the claim.

    Attributes
    ----------
    publisher : str
        Who ruled.
    rating : str
        The publisher's own wording.
    label : Label or None
        ``FALSE``, ``MIXED`` or ``TRUE``; ``None`` where the rating says none of them, so that it decides nothing.
    speaker : str
        Who made the claim, empty where nobody is named.
    claim_date, review_date : str
        ISO 8601, empty where unknown.
    url : str
        The ruling itself; where its address is unknown, the publisher's page about the speaker.
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
    """A claim as the publisher words it, the ruling on it, and its headline where it has one."""

    text: str
    headline: str
    fact_check: FactCheck
