"""Questions about one statement of a paragraph, as a check found it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from fake_news.detection.text.offsets import Utf16Offsets, utf16_length
from fake_news.detection.verdict import Verdict
from server import limits
from server.errors import RequestError
from server.schemas.check import ReasonAnswer, short_enough
from server.schemas.reading import RequestBody

EXAMPLE = '{"text": "One paragraph.", "start": 0, "end": 14}'


class StatementRequest(RequestBody):
    """One statement of a paragraph, as a check found it."""

    text: Annotated[
        str,
        AfterValidator(short_enough),
        Field(
            description="The paragraph. Its length counts UTF-16 code units.",
            json_schema_extra={"maxLength": limits.BLOCK_UTF16_UNITS},
        ),
    ]
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


class InfluenceAnswer(BaseModel):
    """How much each word of a statement counted, where a model's verdict on it is not a sum over words.

    A weight is what the log-odds of true lose when the word is left out; the weights add up to nothing.
    """

    model_config = ConfigDict(extra="forbid")

    model: str = Field(description="Version of the checkpoint that judged.")
    influence: list[ReasonAnswer] = Field(description="Empty where the verdict is a ruling's, or has its reasons.")
