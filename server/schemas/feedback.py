"""``/api/v1/feedback``: what a reader says about a verdict."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from fake_news.verdict import Label
from server import limits
from server.schemas.reading import RequestBody

EXAMPLE = '{"statement": "One sentence.", "label": "likely-false", "correction": "true"}'


class Correction(StrEnum):
    """What the reader says the statement is."""

    FALSE = "false"
    MIXED = "mixed"
    TRUE = "true"
    NO_CLAIM = "no-claim"
    UNSURE = "unsure"


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
    source_url: (
        Annotated[
            str,
            Field(max_length=limits.FEEDBACK_URL_CHARACTERS),
            BeforeValidator(_storable),
            AfterValidator(_web_address),
        ]
        | None
    ) = None


class FeedbackQuery(BaseModel):
    """Which part of the list is asked for."""

    limit: int = Field(default=100, ge=1, le=500)
    offset: int = Field(default=0, ge=0, le=2**31 - 1)


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FeedbackStored(_Answer):
    """The new feedback's number."""

    id: int


class FeedbackAnswer(_Answer):
    """Feedback as it is stored."""

    id: int
    created: str = Field(description="UTC, ISO 8601.")
    statement: str
    label: Label
    correction: Correction
    comment: str | None
    source_url: str | None


class FeedbackList(_Answer):
    """A part of the feedback, the latest first, and how much there is altogether."""

    feedback: list[FeedbackAnswer]
    total: int


class FeedbackDeleted(_Answer):
    """How much was deleted."""

    deleted: int
