"""What is asked about one statement of a paragraph, as a check found it."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from fake_news.detection.text.offsets import utf16_length
from server import limits
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


class InfluenceAnswer(BaseModel):
    """How much each word of a statement counted, where a model's verdict on it is no sum of words.

    A weight is what the log-odds of true lose when the word is left out; the weights add up to nothing.
    """

    model_config = ConfigDict(extra="forbid")

    model: str = Field(description="Version of the checkpoint that judged.")
    influence: list[ReasonAnswer] = Field(description="Empty where the verdict is a ruling's, or has its reasons.")
