"""``/api/v1/judge``: a language model's second opinion on one statement."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from fake_news.detection.factchecks.judge.policy import Policy
from fake_news.detection.factchecks.judge.question import LONGEST_EXPLANATION
from fake_news.detection.factchecks.judge.relations import JudgeRelation
from server.schemas.check import StatementAnswer
from server.schemas.statement import StatementRequest


class JudgeRequest(StatementRequest):
    """One statement of a paragraph, as a check found it, for a language model to read."""

    judge: Annotated[
        str,
        Field(max_length=500, description="Origin of the language model; one on another machine has to be named."),
    ] = ""


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class JudgeName(_Answer):
    """Which language model is consulted."""

    model: str
    address: str = Field(description="Its origin.")
    is_here: bool = Field(description="Whether it runs on the server's machine.")
    policy: Policy = Field(description="What it may do: explain, dispute links (veto), or add some (decide).")


class JudgePresent(JudgeName):
    """The same, and whether it answers."""

    is_there: bool


class JudgeState(_Answer):
    """Whether this server asks a language model."""

    judge: JudgePresent | None


class RulingReading(_Answer):
    """What the language model says of one of the rulings it was asked about."""

    url: str
    title: str
    relation: JudgeRelation


class JudgeAnswer(_Answer):
    """What a language model says of a statement, and the verdict with it."""

    judge: JudgeName
    explanation: str = Field(
        max_length=LONGEST_EXPLANATION,
        description="Plain text that a language model wrote; empty where it said nothing that may be shown.",
    )
    readings: list[RulingReading]
    is_changed: bool = Field(description="Whether the statement's verdict is another one now.")
    statement: StatementAnswer
