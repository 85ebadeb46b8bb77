"""Questions about one statement: how much each of its words counted, and what a language model says of it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from fake_news.detection.factchecks.language_model_judge.policy import Policy
from fake_news.detection.factchecks.language_model_judge.question import LONGEST_EXPLANATION, JudgeRelation
from fake_news.detection.text.offsets import Utf16Offsets, utf16_length
from fake_news.detection.verdict import Verdict
from server.errors import RequestError
from server.schemas.check import BlockText, ReasonAnswer, StatementAnswer
from server.schemas.validation import Answer, RequestBody

EXAMPLE = '{"text": "One paragraph.", "start": 0, "end": 14}'


class StatementRequest(RequestBody):
    """One statement of a paragraph, as a check found it."""

    text: BlockText
    start: Annotated[int, Field(ge=0, description="UTF-16 code units of the text.")]
    end: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if not self.start < self.end <= utf16_length(self.text):
            raise PydanticCustomError("outside", "has offsets outside of the text")
        return self


def place_of(text: str, verdicts: Sequence[Verdict], start: int, end: int) -> int:
    """Find the verdict on ``text`` from ``start`` to ``end``, which count UTF-16 code units; returns its index.

    Raises
    ------
    RequestError
        If the text has no such statement.
    """
    utf16 = Utf16Offsets(text)
    for place, verdict in enumerate(verdicts):
        if (utf16(verdict.start), utf16(verdict.end)) == (start, end):
            return place
    raise RequestError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "no-such-statement",
        "The text has no statement from there to there.",
        "Send the text and the offsets of a statement as POST /api/v1/check has them.",
    )


class InfluenceAnswer(Answer):
    """How much each word of a statement counted, where a model's verdict on it is not a sum over words.

    A weight is what the log-odds of true lose when the word is left out; the weights add up to nothing.
    """

    model: str = Field(description="Version of the checkpoint that judged.")
    influence: list[ReasonAnswer] = Field(description="Empty where the verdict is a ruling's, or has its reasons.")


class JudgeRequest(StatementRequest):
    """One statement of a paragraph, as a check found it, for a language model to read."""

    judge: Annotated[
        str,
        Field(max_length=500, description="Origin of the language model; one on another machine has to be named."),
    ] = ""


class JudgeName(Answer):
    """Which language model is consulted."""

    model: str
    address: str = Field(description="Its origin.")
    is_here: bool = Field(description="Whether it runs on the server's machine.")
    policy: Policy = Field(description="What it may do: explain, dispute links (veto), or add some (decide).")


class JudgePresent(JudgeName):
    """The same, and whether it answers."""

    is_there: bool


class JudgeState(Answer):
    """Whether this server asks a language model."""

    judge: JudgePresent | None


class RulingReading(Answer):
    """What the language model says of one of the rulings it was asked about."""

    url: str
    title: str
    relation: JudgeRelation


class JudgeAnswer(Answer):
    """What a language model says of a statement, and the verdict with it."""

    judge: JudgeName
    explanation: str = Field(
        max_length=LONGEST_EXPLANATION,
        description="Plain text that a language model wrote; empty where it said nothing that may be shown.",
    )
    readings: list[RulingReading]
    is_changed: bool = Field(description="Whether the statement's verdict is another one now.")
    statement: StatementAnswer
