"""The answer is the contract's JSON, its offsets UTF-16 code units."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.answer import answer
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Basis, Evidence, Label, LinksTo, Note, Relation, Verdict, Why
from tests.conftest import utf16_slice

CLAIM = "Photo shows that the streetlights of Harlow Creek contain microchips that track people."


def statements(detector: Detector, text: str) -> list[dict[str, Any]]:
    [block] = answer(detector, [("b1", text)])["blocks"]
    found: list[dict[str, Any]] = block["statements"]
    return found


def test_exactly_the_keys_of_the_contract(detector: Detector) -> None:
    document = answer(detector, [("b1", CLAIM)])
    assert set(document) == {"model", "base_rate", "fact_checks", "blocks"}
    assert document["model"] == detector.version
    assert document["fact_checks"] == detector.fact_checks
    [block] = document["blocks"]
    assert set(block) == {"id", "statements"}
    [statement] = block["statements"]
    assert set(statement) == {
        "start",
        "end",
        "label",
        "basis",
        "probability",
        "check_worthiness",
        "evidence",
        "reasons",
        "note",
        "why",
        "is_attribution",
    }
    assert statement["reasons"]
    assert all(set(reason) == {"start", "end", "weight"} for reason in statement["reasons"])


def test_json_keeps_every_value(detector: Detector) -> None:
    document = answer(detector, [("b1", f"{CLAIM} What a day! Wirklich niemand hat das gewusst, oder?")])
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    [judged, no_claim, foreign] = document["blocks"][0]["statements"]
    assert (judged["label"], judged["note"]) == ("unsure", None)
    assert (judged["why"], judged["basis"]) == ("no-ruling", "model")
    assert (no_claim["label"], no_claim["basis"], no_claim["probability"]) == ("no-claim", "claims", None)
    assert (foreign["label"], foreign["note"], foreign["probability"]) == ("unsure", "not-english", None)
    assert (no_claim["why"], foreign["why"]) == (None, "not-english")


@pytest.mark.parametrize("prefix", ["", "😀", "👩‍👩‍👧 é ", "\ud800 ", "Wow 😀! Oh 😀. "])
def test_offsets_count_utf16_code_units(detector: Detector, prefix: str) -> None:
    text = f"{prefix}\n{CLAIM} 😀"
    plain = statements(detector, CLAIM)[0]
    [statement] = [s for s in statements(detector, text) if s["reasons"]]
    assert utf16_slice(text, statement["start"], statement["end"]) == CLAIM
    assert [utf16_slice(text, reason["start"], reason["end"]) for reason in statement["reasons"]] == [
        utf16_slice(CLAIM, reason["start"], reason["end"]) for reason in plain["reasons"]
    ]


def test_blocks_keep_their_order_and_their_ids(detector: Detector) -> None:
    blocks = [("z", CLAIM), ("a", ""), ("z", "Hello."), ("😀", " ")]
    document = answer(detector, blocks)
    assert [(block["id"], len(block["statements"])) for block in document["blocks"]] == [
        ("z", 1),
        ("a", 0),
        ("z", 1),
        ("😀", 0),
    ]
    assert document["blocks"][0]["statements"] == statements(detector, CLAIM)
    assert answer(detector, [])["blocks"] == []


class KnowsOneFactCheck(Detector):
    """Answers every text with one published fact-check."""

    def check_many(self, texts: Sequence[str]) -> list[list[Verdict]]:
        (text,) = texts
        evidence = Evidence(
            Relation.SAME_CLAIM,
            "Example Facts",
            "Mostly wrong",
            Label.FALSE,
            "A. Ott",
            "2026-03-04",
            "https://a.example/",
            0.93,
            title="The bridge is old",
            links_to=LinksTo.SPEAKER,
        )
        verdict = Verdict(0, len(text), Label.FALSE, Basis.FACT_CHECK, None, 0.9, (evidence,), note=Note.TOO_LONG)
        return [[replace(verdict, why=Why.TOO_LONG, is_attribution=True)]]


def test_evidence_is_passed_on_in_plain_words(shipped: Path) -> None:
    [statement] = statements(KnowsOneFactCheck(read_checkpoint(shipped)), "😀!")
    assert statement == {
        "start": 0,
        "end": 3,
        "label": "false",
        "basis": "fact-check",
        "probability": None,
        "check_worthiness": 0.9,
        "evidence": [
            {
                "relation": "same-claim",
                "publisher": "Example Facts",
                "rating": "Mostly wrong",
                "label": "false",
                "speaker": "A. Ott",
                "date": "2026-03-04",
                "url": "https://a.example/",
                "similarity": 0.93,
                "claim": "",
                "title": "The bridge is old",
                "links_to": "speaker",
            }
        ],
        "reasons": [],
        "note": "too-long",
        "why": "too-long",
        "is_attribution": True,
    }
