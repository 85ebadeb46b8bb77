"""``/api/v1/fact-checks``: what is known, and a search for people."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from fake_news.detection.verdict import Label, LinksTo
from server.schemas.reading import RequestBody

EXAMPLE = '{"words": "ballots burned"}'
MOST_FOUND = 20


class FactCheckSearch(RequestBody):
    """Words to look for. They come in the body, as a reader's words must not end up in an address or a log."""

    words: Annotated[str, Field(min_length=1, max_length=500)]


class FoundFactCheck(BaseModel):
    """A published ruling that somebody looked for."""

    model_config = ConfigDict(extra="forbid")

    publisher: str
    rating: str = Field(description="In the publisher's own words.")
    label: Label | None = Field(description="null where the rating is neither true, mixed nor false.")
    speaker: str
    date: str
    url: str
    title: str = Field(description="What was checked, in the words of the ruling's address; may be empty.")
    links_to: LinksTo = Field(description="Whether the address is the ruling's, or a page about the speaker.")
    claim: str = Field(description="The claim in the fact-check's words, of imported fact-checks; else empty.")


class FactCheckSearchAnswer(BaseModel):
    """Fact-checks nearest in meaning to what was asked, best first."""

    model_config = ConfigDict(extra="forbid")

    fact_checks: list[FoundFactCheck]
