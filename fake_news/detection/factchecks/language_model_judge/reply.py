"""The parsing of a language model's answer: whatever is not exactly an answer to the question is refused."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from fake_news.common.errors import PlumblineError
from fake_news.detection.factchecks.language_model_judge.question import (
    LONGEST_EXPLANATION,
    JudgeRelation,
    Question,
    plain,
)

_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]*://|\bwww\.|\b(?:javascript|data|mailto):|\b[\w-]+\.(?:com|org|net|info|io|gov|edu|co|uk|de)\b",
    re.IGNORECASE,
)
_JUDGED = r"(?:true|false|correct|incorrect|accurate|inaccurate|untrue|right|wrong|fake|misleading|debunked|proven)"
_VERDICT = re.compile(
    rf"^\W*(?:verdict|rating|answer)?\W*{_JUDGED}\b"
    rf"|\b(?:statement|sentence|it|this|that|everything)\s+(?:is|are|was|were)\s+(?:\w+\s+){{0,2}}{_JUDGED}\b",
    re.IGNORECASE,
)


class ReplyError(PlumblineError):
    """A language model's reply is not an answer to the question."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The language model's answer {what}.", "Try another model.")


@dataclass(frozen=True, slots=True)
class Reply:
    """A language model's answer about a statement.

    Attributes
    ----------
    relations : to the candidates, in their order
    explanation : plain text on one line; empty if it may not be shown
    """

    relations: tuple[JudgeRelation, ...]
    explanation: str


def parse_reply(text: str, question: Question) -> Reply:
    """Parse a language model's reply to a question.

    Raises
    ------
    ReplyError
        If it is not JSON, names another ruling or relation, leaves one out, or contains anything else.
    """
    try:
        reply = json.loads(text, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError):
        raise ReplyError("is not JSON") from None
    if not isinstance(reply, dict) or set(reply) != {"explanation", "relations"}:
        raise ReplyError("has other parts than were asked for")
    explanation, relations = reply["explanation"], reply["relations"]
    if not isinstance(explanation, str):
        raise ReplyError("has no explanation")
    if not isinstance(relations, dict) or set(relations) != set(question.names):
        raise ReplyError("is about other rulings than were asked about")
    return Reply(tuple(_relation(relations[name]) for name in question.names), _showable(explanation))


def _relation(value: Any) -> JudgeRelation:
    if not isinstance(value, str) or value not in set(JudgeRelation):
        raise ReplyError("names an unknown relation")
    return JudgeRelation(value)


def _showable(explanation: str) -> str:
    """Return the explanation as it may be shown: without address or verdict, and cut to the allowed length."""
    text = plain(explanation)
    if _ADDRESS.search(text) or _VERDICT.search(text):
        return ""
    return text if len(text) <= LONGEST_EXPLANATION else text[: LONGEST_EXPLANATION - 1].rstrip() + "…"


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Build an object, refusing repeated keys: it would be unclear which of two answers counts."""
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key is repeated")
    return dict(pairs)
