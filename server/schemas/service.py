"""What every route may answer, and what the server says about itself: health, model card and counts. No text."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from fake_news.detection.verdict import Label
from fake_news.monitoring.drift import State
from fake_news.monitoring.traits import SCORE_BINS, Trait
from server.schemas.validation import Answer


class ErrorContent(Answer):
    """What happened and what to do."""

    code: str = Field(pattern="^[a-z]+(-[a-z]+)*$", description="Stable, for programs.")
    message: str = Field(min_length=1)
    hint: str = Field(min_length=1)


class ErrorAnswer(Answer):
    """The one shape of every error."""

    error: ErrorContent


class HealthAnswer(Answer):
    """That a Plumbline is here, and which."""

    name: Literal["plumbline"]
    version: str
    model: str = Field(description="Version of the checkpoint in use.")
    ready: bool


class ModelCard(BaseModel):
    """What the checkpoint is, how good it is, and where it fails."""

    model_config = ConfigDict(extra="allow")

    name: str
    version: str


_Bins = Annotated[
    list[Annotated[int, Field(ge=0)]],
    Field(min_length=SCORE_BINS, max_length=SCORE_BINS, description="P(true) from 0 to 1 in equal parts."),
]


class DayAnswer(Answer):
    """What was judged on one day (UTC): labels by any checkpoint, scores by the one in use."""

    day: str
    labels: dict[Label, int]
    scores: _Bins


class ReferenceAnswer(Answer):
    """Distribution of the scores that the checkpoint was measured with, as its card says."""

    scores: _Bins


class TraitDriftAnswer(Answer):
    """How one trait of what is read compares with what the checkpoint was measured with."""

    trait: Trait
    state: State
    statements: int = Field(description="Statements of the window that have the trait.")
    psi: float | None = Field(description="Population stability index: 0 for alike; null where too few have the trait.")
    psi_of_alike: float | None = Field(description="The index that as many alike statements rarely exceed.")
    ks: float | None = Field(description="Kolmogorov-Smirnov statistic: greatest difference of the cumulative shares.")
    ks_critical: float | None = Field(description="What the statistic would have to reach to be more than chance.")
    p_value: float | None
    changed_from: float = Field(description="Index from which the trait counts as changed.")
    drifted_from: float = Field(description="Index from which it counts as drifted.")
    observed: list[Annotated[int, Field(ge=0)]] = Field(description="Statements of the window by bin.")
    reference: list[Annotated[int, Field(ge=0)]] = Field(description="Those of the reference by bin.")
    advice: str


class DriftAnswer(Answer):
    """How far what is read lies from what the checkpoint was measured with; of this checkpoint's counts alone."""

    model: str = Field(description="Version of the checkpoint whose counts these are.")
    days: int = Field(description="The latest days that were looked at, today included.")
    reference: str = Field(description="What it is compared with, in words.")
    state: State = Field(description="That of the trait which changed most.")
    statements: int
    traits: list[TraitDriftAnswer] = Field(description="Empty where too little was read to tell.")
    advice: str = Field(description="What that means for readers of the verdicts.")


class LabelPair(Answer):
    """How many statements got this pair of labels."""

    champion: Label
    shadow: Label
    count: int


class TallyAnswer(Answer):
    """What the shadow has done since the server started; times are processor seconds."""

    statements: int
    agreeing: int
    unaligned: int = Field(description="Statements that only one of the two found.")
    dropped: int = Field(description="Texts that did not fit into its queue.")
    failed: int
    champion_seconds: float
    shadow_seconds: float


class ShadowAnswer(Answer):
    """How far a shadow deployment agrees with the checkpoint whose verdicts are shown."""

    champion: str
    shadow: str
    statements: int
    agreeing: int = Field(description="Those that got the same label.")
    mean_difference: float | None = Field(description="Of the two probabilities, absolute, where both gave one.")
    labels: list[LabelPair]
    since_start: TallyAnswer


class StatisticsAnswer(Answer):
    """Counts of the latest days, and how they compare with the checkpoint's own."""

    model: str = Field(description="Version of the checkpoint in use, to which scores, drift and shadow belong.")
    days: list[DayAnswer]
    reference: ReferenceAnswer | None = Field(description="null where the checkpoint brings none.")
    drift: DriftAnswer | None = Field(description="null where the checkpoint brings no reference.")
    shadow: ShadowAnswer | None = Field(description="null without a shadow deployment.")


class FactCheckPublisher(Answer):
    """How many fact-checks of one publisher are known."""

    publisher: str
    count: int


class FactChecksAnswer(Answer):
    """What the index of fact-checks holds."""

    count: int
    newest: str | None
    publishers: list[FactCheckPublisher]
