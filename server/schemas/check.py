"""``POST /api/v1/check``: blocks of text in, verdicts on their statements out; and the search for fact-checks."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from fake_news.detection.text.offsets import utf16_length
from fake_news.detection.verdict import Basis, Label, LinksTo, Note, Relation, Why
from server import limits
from server.schemas.validation import Answer, RequestBody

EXAMPLE = '{"blocks": [{"id": "b1", "text": "One paragraph."}]}'


def _short_enough(text: str) -> str:
    """Refuse a text that is longer than one block may be."""
    if utf16_length(text) > limits.BLOCK_UTF16_UNITS:
        raise PydanticCustomError(
            "block_too_long", "has more than {most} UTF-16 units", {"most": limits.BLOCK_UTF16_UNITS}
        )
    return text


def _usable_id(identifier: str) -> str:
    if not 1 <= len(identifier) <= limits.BLOCK_ID_CHARACTERS:
        raise PydanticCustomError("id_length", "must have 1 to {most} characters", {"most": limits.BLOCK_ID_CHARACTERS})
    return identifier


def _few_enough(blocks: Any) -> Any:
    # before the blocks themselves are looked at: refusing must cost less than checking
    if isinstance(blocks, list) and len(blocks) > limits.BLOCKS:
        raise PydanticCustomError("too_many_blocks", "has more than {most} blocks", {"most": limits.BLOCKS})
    return blocks


def _unique_ids(blocks: list[Block]) -> list[Block]:
    if len({block.id for block in blocks}) < len(blocks):
        raise PydanticCustomError("duplicate_id", "has the same id in two blocks")
    return blocks


BlockText = Annotated[
    str,
    AfterValidator(_short_enough),
    Field(
        description="One paragraph. Its length counts UTF-16 code units.",
        json_schema_extra={"maxLength": limits.BLOCK_UTF16_UNITS},
    ),
]


class Block(RequestBody):
    """One paragraph as the reader sees it."""

    id: Annotated[
        str,
        AfterValidator(_usable_id),
        Field(json_schema_extra={"minLength": 1, "maxLength": limits.BLOCK_ID_CHARACTERS}),
    ]
    text: BlockText


class CheckRequest(RequestBody):
    """Paragraphs of a page; each is judged by itself, and their ids differ."""

    blocks: Annotated[
        list[Block],
        BeforeValidator(_few_enough),
        AfterValidator(_unique_ids),
        Field(json_schema_extra={"maxItems": limits.BLOCKS}),
    ]


class ReasonAnswer(Answer):
    """Words that moved the verdict; the weight is an additive contribution in log-odds towards true."""

    start: int = Field(ge=0, description="UTF-16 code units of the block's text.")
    end: int = Field(ge=0)
    weight: float


class EvidenceAnswer(Answer):
    """A published fact-check that bears on the statement."""

    relation: Relation
    publisher: str
    rating: str
    label: Label | None = Field(description="null where the rating is neither true, mixed nor false.")
    speaker: str
    date: str
    url: str
    similarity: float = Field(ge=0, le=1, description="Probability that the two are the same claim.")
    claim: str = Field(description="The claim in the fact-check's words, of imported fact-checks; else empty.")
    title: str = Field(description="What was checked, in readable words; empty if unknown.")
    links_to: LinksTo = Field(description="What the address leads to: the ruling, or the page of who made the claim.")


class StatementAnswer(Answer):
    """The verdict on one statement."""

    start: int = Field(ge=0, description="UTF-16 code units of the block's text.")
    end: int = Field(ge=0)
    label: Label
    basis: Basis
    probability: float | None = Field(ge=0, le=1, description="Calibrated P(true); null where nothing was judged.")
    check_worthiness: float = Field(ge=0, le=1)
    evidence: list[EvidenceAnswer]
    reasons: list[ReasonAnswer]
    note: Note | None
    why: Why | None = Field(description="Why the label is unsure, where it is.")
    is_attribution: bool = Field(description="Whether it reports what somebody said: the verdict is on what was said.")


class BlockAnswer(Answer):
    """The statements of one block, in order."""

    id: str
    statements: list[StatementAnswer]


class FactCheckState(Answer):
    """How much evidence there is to compare with."""

    count: int = Field(ge=0)
    newest: str | None = Field(description="Date of the newest fact-check.")


class CheckAnswer(Answer):
    """Verdicts, block by block in the order of the request."""

    model: str = Field(description="Version of the checkpoint that judged.")
    base_rate: float = Field(
        gt=0,
        lt=1,
        description="The share of true claims that probabilities are calibrated to; readers' own is unknown.",
    )
    fact_checks: FactCheckState
    blocks: list[BlockAnswer]


SEARCH_EXAMPLE = '{"words": "ballots burned"}'
MOST_FOUND = 20


class FactCheckSearch(RequestBody):
    """Words to look for. They come in the body, as a reader's words must not end up in an address or a log."""

    words: Annotated[str, Field(min_length=1, max_length=500)]


class FoundFactCheck(Answer):
    """A published ruling that somebody looked for."""

    publisher: str
    rating: str = Field(description="In the publisher's own words.")
    label: Label | None = Field(description="null where the rating is neither true, mixed nor false.")
    speaker: str
    date: str
    url: str
    title: str = Field(description="What was checked, in the words of the ruling's address; may be empty.")
    links_to: LinksTo = Field(description="Whether the address is the ruling's, or a page about the speaker.")
    claim: str = Field(description="The claim in the fact-check's words, of imported fact-checks; else empty.")


class FactCheckSearchAnswer(Answer):
    """Fact-checks nearest in meaning to what was asked, best first."""

    fact_checks: list[FoundFactCheck]
