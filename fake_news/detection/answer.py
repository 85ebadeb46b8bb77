"""Answers about statements as JSON, in the one form that the server, the command line and the extension share.

Verdicts count code points; offsets in an answer count UTF-16 code units, as JavaScript does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.addresses import links_to, title_of_address
from fake_news.detection.factchecks.library import SearchResult
from fake_news.detection.text.offsets import Utf16Offsets
from fake_news.detection.verdict import Evidence, Reason, Verdict


def answer(detector: Detector, blocks: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Check blocks of text, given as (id, text)."""
    found = statements(detector, [text for _, text in blocks])
    return {
        **_head(detector),
        "blocks": [
            {"id": block_id, "statements": of_block} for (block_id, _), of_block in zip(blocks, found, strict=True)
        ],
    }


def answer_json(detector: Detector, blocks: Iterable[tuple[str, str]]) -> str:
    """Write the same answer as JSON, for blocks given as (id, ``statements_json`` of its verdicts).

    It is joined from JSON texts, so that cached statements, often most of a page, are not parsed and written again.
    """
    parts = (f'{{"id":{json.dumps(block_id)},"statements":{written}}}' for block_id, written in blocks)
    return f'{_compact(_head(detector))[:-1]},"blocks":[{",".join(parts)}]}}\n'


def statements(detector: Detector, texts: Sequence[str]) -> list[list[dict[str, Any]]]:
    """Check texts and describe the statements of each."""
    return [statement_list(text, verdicts) for text, verdicts in zip(texts, detector.check_many(texts), strict=True)]


def statements_json(text: str, verdicts: Sequence[Verdict]) -> str:
    """Write the verdicts on a text as JSON."""
    return _compact(statement_list(text, verdicts))


def statement_list(text: str, verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    """Describe the verdicts on a text."""
    utf16 = Utf16Offsets(text)
    return [_statement(verdict, utf16) for verdict in verdicts]


def influence_answer(detector: Detector, text: str, verdict: Verdict) -> dict[str, Any]:
    """Describe how much each word of a statement of ``text`` counted."""
    reasons = detector.influence(text[verdict.start : verdict.end], verdict.label)
    return {"model": detector.version, "influence": _reasons(reasons, verdict.start, Utf16Offsets(text))}


def search_answer(found: Iterable[SearchResult]) -> dict[str, Any]:
    """Describe rulings that a reader searched for, best first."""
    return {
        "fact_checks": [
            {
                "publisher": fact_check.publisher,
                "rating": fact_check.rating,
                "label": fact_check.label,
                "speaker": fact_check.speaker,
                "date": fact_check.date,
                "url": fact_check.url,
                "title": title_of_address(fact_check.url),
                "links_to": links_to(fact_check.url),
                "claim": claim,
            }
            for fact_check, claim in found
        ]
    }


def _head(detector: Detector) -> dict[str, Any]:
    """Describe the detector of an answer."""
    return {
        "model": detector.version,
        "base_rate": detector.card["base_rate"],
        "fact_checks": dict(detector.fact_checks),
    }


def _compact(document: object) -> str:
    return json.dumps(document, separators=(",", ":"))


def _statement(verdict: Verdict, utf16: Utf16Offsets) -> dict[str, Any]:
    return {
        "start": utf16(verdict.start),
        "end": utf16(verdict.end),
        "label": verdict.label.value,
        "basis": verdict.basis.value,
        "probability": verdict.probability,
        "check_worthiness": verdict.check_worthiness,
        "evidence": [_evidence(evidence) for evidence in verdict.evidence],
        "reasons": _reasons(verdict.reasons, 0, utf16),
        "note": verdict.note.value if verdict.note else None,
        "why": verdict.why.value if verdict.why else None,
        "is_attribution": verdict.is_attribution,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
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


def _reasons(reasons: Sequence[Reason], origin: int, utf16: Utf16Offsets) -> list[dict[str, Any]]:
    """Describe reasons whose offsets count from ``origin`` in the text."""
    return [
        {"start": utf16(origin + reason.start), "end": utf16(origin + reason.end), "weight": reason.weight}
        for reason in reasons
    ]
