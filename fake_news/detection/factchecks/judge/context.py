"""The statement in its place: what a language model is asked about one of a text's sentences."""

from __future__ import annotations

from collections.abc import Sequence

from fake_news.detection.factchecks.judge.near_ruling import NearRuling
from fake_news.detection.factchecks.judge.question import Question
from fake_news.detection.verdict import Label, Verdict


def question_about(text: str, verdicts: Sequence[Verdict], place: int, candidates: tuple[NearRuling, ...]) -> Question:
    """The question about one statement of a text.

    Parameters
    ----------
    verdicts : on all statements of the text, in order
    place : which of them is asked about
    """

    def words(other: int) -> str:
        return text[verdicts[other].start : verdicts[other].end] if 0 <= other < len(verdicts) else ""

    return Question(words(place), words(place - 1), words(place + 1), candidates)


def is_asked(verdict: Verdict) -> bool:
    """Whether there is anything to ask: what is no claim, not in English or too long has no rulings."""
    return verdict.note is None and (verdict.label is not Label.NO_CLAIM or bool(verdict.evidence))
