"""Where a statement that is asked about stands among the verdicts on its text."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from fake_news.detection.text.offsets import Utf16Offsets
from fake_news.detection.verdict import Verdict
from server.errors import RequestError


def place_of(text: str, verdicts: Sequence[Verdict], start: int, end: int) -> int:
    """The place of the verdict on what stands between two offsets, which count UTF-16 code units.

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
