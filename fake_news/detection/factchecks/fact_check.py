"""A published fact-check: who ruled how on whose claim, when, and where to read it; and its claim as it is encoded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fake_news.detection.verdict import Label

SPEAKER_PAGE = "/personalities/"
"""In the address of PolitiFact's page about a speaker, which lists all rulings on what they said."""
_FRAME = re.compile(r"^(?:Says|Said|Claims)\s+(?:that\s+)?", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]m|I['’]ve|my|we|our|me|us)\b")
_PRONOUN_FIRST = re.compile(r"(?:he|she|they|his|her)\b", re.IGNORECASE)
_NOBODY = re.compile(r"post|image|viral|blog|e-?mail|tweet|users|multiple|facebook|instagram|social", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


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


def encoder_text(claim: str, speaker: str = "") -> str:
    """The claim as the encoder reads it: without the fact-checker's frame, with its speaker where that matters.

    Training, the index and imports share this one function, so that a claim always has the vector it was learned with.

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
