"""``/api/v1/fact-checks``: what is known, and a search for people."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from fake_news.verdict import Label
from server.schemas.reading import RequestBody

EXAMPLE = '{"words": "ballots burned"}'
MOST_FOUND = 20


class FactCheckSearch(RequestBody):
    """Words to look for. They come in the body, as a reader's words have no place in an address or a log."""

    words: Annotated[str, Field(min_length=1, max_length=500)]


class FoundFactCheck(BaseModel):
    """A published ruling."""

    model_config = ConfigDict(extra="forbid")

    publisher: str
    rating: str = Field(description="In the publisher's own words.")
    label: Label | None = Field(description="null where the rating is neither true, mixed nor false.")
    speaker: str
    date: str
    url: str


class FactCheckSearchAnswer(BaseModel):
    """Fact-checks that share words with what was asked, best first."""

    model_config = ConfigDict(extra="forbid")

    fact_checks: list[FoundFactCheck]
