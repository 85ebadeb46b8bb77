"""A check's answer as JSON: the one shape that the server, the command line and the extension share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fake_news.detection.detector import Detector
from fake_news.detection.text.offsets import Utf16Offsets
from fake_news.detection.verdict import Reason, Verdict


def answer(detector: Detector, blocks: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Check blocks of text, given as (id, text), and word the answer; its offsets count UTF-16 code units."""
    judged = statements(detector, [text for _, text in blocks])
    return {
        "model": detector.version,
        "base_rate": detector.card["base_rate"],
        "fact_checks": dict(detector.fact_checks),
        "blocks": [{"id": block_id, "statements": found} for (block_id, _), found in zip(blocks, judged, strict=True)],
    }


def statements(detector: Detector, texts: Sequence[str]) -> list[list[dict[str, Any]]]:
    """The statements of each text, as the answer has them."""
    return [worded(text, verdicts) for text, verdicts in zip(texts, detector.check_many(texts), strict=True)]


def worded(text: str, verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """The verdicts on a text, as the answer has them."""
    utf16 = Utf16Offsets(text)
    return [_statement(verdict, utf16) for verdict in verdicts]


def placed(text: str, reasons: Sequence[Reason], start: int) -> list[dict[str, Any]]:
    """Reasons that count from somewhere in a text, as the answer has them."""
    return _placed(reasons, start, Utf16Offsets(text))


def _placed(reasons: Sequence[Reason], start: int, utf16: Utf16Offsets) -> list[dict[str, Any]]:
    return [
        {"start": utf16(start + reason.start), "end": utf16(start + reason.end), "weight": reason.weight}
        for reason in reasons
    ]


def _statement(verdict: Verdict, utf16: Utf16Offsets) -> dict[str, Any]:
    return {
        "start": utf16(verdict.start),
        "end": utf16(verdict.end),
        "label": verdict.label.value,
        "basis": verdict.basis.value,
        "probability": verdict.probability,
        "check_worthiness": verdict.check_worthiness,
        "evidence": [
            {
                "relation": evidence.relation.value,
                "publisher": evidence.publisher,
                "rating": evidence.rating,
                "label": evidence.label.value if evidence.label else None,
                "speaker": evidence.speaker,
                "date": evidence.date,
                "url": evidence.url,
                "similarity": evidence.similarity,
                "claim": evidence.claim,
                "title": evidence.title,
                "links_to": evidence.links_to.value,
            }
            for evidence in verdict.evidence
        ],
        "reasons": _placed(verdict.reasons, 0, utf16),
        "note": verdict.note.value if verdict.note else None,
        "why": verdict.why.value if verdict.why else None,
        "is_attribution": verdict.is_attribution,
    }
