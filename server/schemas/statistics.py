"""``/api/v1/statistics`` and ``/api/v1/fact-checks``: counts, no text."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from fake_news.verdict import Label
from server.storage.records import SCORE_BINS

_Bins = Annotated[
    list[Annotated[int, Field(ge=0)]],
    Field(min_length=SCORE_BINS, max_length=SCORE_BINS, description="P(true) from 0 to 1 in equal parts."),
]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DayAnswer(_Answer):
    """What was judged on one day (UTC)."""

    day: str
    labels: dict[Label, int]
    scores: _Bins


class ReferenceAnswer(_Answer):
    """How the scores lie that the checkpoint was measured with, as its card says."""

    scores: Annotated[
        list[Annotated[float, Field(ge=0)]],
        Field(
            min_length=SCORE_BINS,
            max_length=SCORE_BINS,
            description="Shares that sum to 1; P(true) from 0 to 1 in equal parts.",
        ),
    ]


class DriftAnswer(_Answer):
    """How far what is read lies from what the checkpoint was measured with."""

    psi: float = Field(
        description="Population stability index of the scores: 0 for alike, above 0.25 for clearly different."
    )
    advice: str = Field(description="What that means for whoever reads the verdicts.")


class StatisticsAnswer(_Answer):
    """Counts of the latest days, and how they compare with the checkpoint's own."""

    days: list[DayAnswer]
    reference: ReferenceAnswer | None = Field(description="null where the checkpoint brings none.")
    drift: DriftAnswer | None = Field(description="null without a reference, and where too little was judged to tell.")


class FactCheckPublisher(_Answer):
    """How many fact-checks of one publisher are known."""

    publisher: str
    count: int


class FactChecksAnswer(_Answer):
    """What the index of fact-checks holds."""

    count: int
    newest: str | None
    publishers: list[FactCheckPublisher]
