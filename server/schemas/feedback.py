"""``/api/v1/feedback``: what a reader says about a verdict."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from fake_news.detection.verdict import Label
from server import limits
from server.schemas.validation import Answer, RequestBody

EXAMPLE = '{"statement": "One sentence.", "label": "likely-false", "correction": "true"}'


class Correction(StrEnum):
    """What the reader says the statement is, or that a fact-check shown with it is about something else."""

    FALSE = "false"
    MIXED = "mixed"
    TRUE = "true"
    NO_CLAIM = "no-claim"
    UNSURE = "unsure"
    OTHER_CLAIM = "other-claim"


def _storable(text: object) -> object:
    """Without what a database cannot keep: PostgreSQL no NUL, and neither database half a surrogate pair."""
    if not isinstance(text, str):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")


def _web_address(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise PydanticCustomError("web_address", "must be an http or https address")
    return url


def _label(value: object) -> object:
    return Label(value) if isinstance(value, str) and value in set(Label) else value


def _correction(value: object) -> object:
    return Correction(value) if isinstance(value, str) and value in set(Correction) else value


WebAddress = Annotated[
    str,
    Field(max_length=limits.FEEDBACK_URL_CHARACTERS),
    BeforeValidator(_storable),
    AfterValidator(_web_address),
]


class ShownFactCheck(RequestBody):
    """A fact-check that was shown with a statement."""

    url: WebAddress
    title: Annotated[str, Field(max_length=limits.FEEDBACK_TITLE_CHARACTERS), BeforeValidator(_storable)] = Field(
        default="", description="What was checked, as the reader saw it."
    )


class KnownFactChecks(RequestBody):
    """The fact-checks that an answer rests on, as the answer states them."""

    count: Annotated[int, Field(ge=0, le=limits.FEEDBACK_FACT_CHECKS)]
    newest: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


class FeedbackRequest(RequestBody):
    """A reader's word on one verdict. Stored on the server's machine, and nowhere else."""

    statement: Annotated[
        str, Field(min_length=1, max_length=limits.FEEDBACK_STATEMENT_CHARACTERS), BeforeValidator(_storable)
    ]
    label: Annotated[Label, BeforeValidator(_label), Field(description="The label that was shown.")]
    correction: Annotated[Correction, BeforeValidator(_correction)]
    comment: Annotated[str, Field(max_length=limits.FEEDBACK_COMMENT_CHARACTERS), BeforeValidator(_storable)] | None = (
        None
    )
    source_url: WebAddress | None = None
    fact_check: ShownFactCheck | None = Field(
        default=None, description="With `other-claim`, and only then: the fact-check that is about something else."
    )
    model: (
        Annotated[str, Field(min_length=1, max_length=limits.FEEDBACK_MODEL_CHARACTERS), BeforeValidator(_storable)]
        | None
    ) = Field(default=None, description="The model of the answer. Left out: the one in use now.")
    fact_checks: KnownFactChecks | None = Field(
        default=None, description="The fact-checks of the answer. Left out: those that are known now."
    )

    @model_validator(mode="after")
    def _names_a_fact_check(self) -> Self:
        if (self.correction is Correction.OTHER_CLAIM) != (self.fact_check is not None):
            raise PydanticCustomError("fact_check", "must name a fact_check with the correction other-claim alone")
        return self


class FeedbackQuery(BaseModel):
    """Which part of the list is asked for."""

    limit: int = Field(default=100, ge=1, le=500)
    offset: int = Field(default=0, ge=0, le=2**31 - 1)


class FeedbackStored(Answer):
    """The new feedback's number."""

    id: int


class FeedbackAnswer(Answer):
    """Feedback as it is stored."""

    id: int
    created: str = Field(description="UTC, ISO 8601.")
    statement: str
    label: Label
    correction: Correction
    comment: str | None
    source_url: str | None
    fact_check: ShownFactCheck | None
    model: str | None = Field(description="null for what an earlier Plumbline stored.")
    fact_checks: KnownFactChecks | None


class Outcome(Answer):
    """How often readers said one thing of one label."""

    label: Label
    correction: Correction
    count: int


class ModelOutcomes(Answer):
    """What readers said of the verdicts of one model, with one state of its fact-checks."""

    model: str | None
    fact_checks: KnownFactChecks | None
    total: int
    outcomes: list[Outcome]


class FeedbackOutcomes(Answer):
    """Feedback counted by model and fact-checks, the latest first, so that two models can be compared."""

    models: list[ModelOutcomes]


class FeedbackList(Answer):
    """A part of the feedback, the latest first, and how much there is altogether."""

    feedback: list[FeedbackAnswer]
    total: int


class FeedbackDeleted(Answer):
    """How much was deleted."""

    deleted: int
