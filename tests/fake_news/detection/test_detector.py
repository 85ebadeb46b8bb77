"""The detector with the shipped checkpoint: whatever the text, an answer that keeps its promises."""

from __future__ import annotations

import doctest
import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

import fake_news.detection.detector
from fake_news.detection.checkpoint import MODEL_FILE
from fake_news.detection.claims.check_worthiness import SEARCH_THRESHOLD, SEARCH_THRESHOLD_BY_MEANING
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.evidence import decisive_label
from fake_news.detection.factchecks.fact_check_collection import FactCheckCollection, StatementEvidence
from fake_news.detection.sentence_analysis import LONGEST_STATEMENT
from fake_news.detection.verdict import Basis, Label, Note, Verdict, Why
from tests.fake_news.strategies import any_text, repeatable

PARAGRAPH = (
    "The unemployment rate fell to 4 percent last year, and wages rose by 3 percent. "
    "Photo shows that the streetlights of Harlow Creek contain microchips that track people. "
    "What a lovely morning it is! "
    "Did the council raise the water tax by 40 percent? "
    "The city spends $12 million a year on roads that nobody uses. "
    "Sen. Ruth Miller voted against the bill in the U.S. Senate 14 times."
)


@pytest.fixture(scope="module")
def model(shipped: Path) -> dict[str, Any]:
    """The specification in ``model.json``."""
    document: dict[str, Any] = json.loads((shipped / MODEL_FILE).read_bytes())
    return document


def statements(text: str, verdicts: Sequence[Verdict]) -> list[str]:
    return [text[verdict.start : verdict.end] for verdict in verdicts]


def hold_the_promises(text: str, verdicts: Sequence[Verdict], model: dict[str, Any]) -> None:
    """Everything that is promised about any verdict on any text."""
    assert all(left.end <= right.start for left, right in pairwise(verdicts))
    rounding = 0.5001e-4
    for verdict in verdicts:
        assert 0 <= verdict.start < verdict.end <= len(text)
        assert text[verdict.start : verdict.end].strip()
        assert 0.0 <= verdict.check_worthiness <= 1.0
        assert (verdict.basis is Basis.FACT_CHECK) == (decisive_label(verdict.evidence) is not None)
        positions = [place for reason in verdict.reasons for place in (reason.start, reason.end)]
        assert positions == sorted(positions)
        assert all(reason.start < reason.end for reason in verdict.reasons)
        assert all(verdict.start <= place <= verdict.end for place in positions)
        assert (verdict.why is None) == (verdict.label is not Label.UNSURE)
        if verdict.probability is None:
            assert (verdict.label, verdict.basis) in {(Label.NO_CLAIM, Basis.CLAIMS), (Label.UNSURE, Basis.MODEL)}
            assert (verdict.note is None) == (verdict.label is Label.NO_CLAIM)
            assert verdict.reasons == ()
        else:
            assert 0.0 <= verdict.probability <= 1.0
            assert verdict.note is None
            if verdict.basis is Basis.FACT_CHECK:
                assert verdict.label is decisive_label(verdict.evidence)
                least = SEARCH_THRESHOLD_BY_MEANING if "claims" in model else SEARCH_THRESHOLD
                assert verdict.check_worthiness >= least - rounding
                continue
            assert verdict.basis is Basis.MODEL
            assert verdict.check_worthiness >= model.get("claims", model["check_worthiness"])["threshold"] - rounding
            assert verdict.label is Label.UNSURE, "no colour without a ruling that is shown"
            assert verdict.why in (Why.NO_RULING, Why.NEWER, Why.TOO_SHORT)


def test_a_paragraph(detector: Detector, model: dict[str, Any]) -> None:
    verdicts = detector.check(PARAGRAPH)
    assert len(verdicts) == 6
    hold_the_promises(PARAGRAPH, verdicts, model)
    assert [verdict.label is Label.NO_CLAIM for verdict in verdicts] == [False, False, True, True, False, False]
    false_claim = verdicts[1]
    assert false_claim.label is Label.UNSURE
    assert sum(reason.weight for reason in false_claim.reasons) < 0


@repeatable
@given(text=any_text)
def test_any_text_gets_valid_verdicts(detector: Detector, model: dict[str, Any], text: str) -> None:
    hold_the_promises(text, detector.check(text), model)


@pytest.mark.parametrize(
    "text",
    ["", " ", " \t\r\n\u00a0", "\0", "\u200b\u2060\ufeff", "\n" * 500, "?!?! ... … !!! 😀. ?", "\ud800"],
    ids=["empty", *"abcdefg"],
)
def test_text_without_statements(detector: Detector, text: str) -> None:
    assert detector.check(text) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The town \ud83d closed \udc00 two schools last year.", id="surrogates among words"),
        pytest.param("😀 The town closed two schools last year 👩‍👩‍👧.", id="emoji"),
        pytest.param("\u202eThe town closed\u202c two schools \u2066last\u2069 year.", id="direction marks"),
        pytest.param("The\u200b to\u200bwn closed\ufeff two schools\u2060 last\u00ad year.", id="zero width"),
        pytest.param("The\0town\0closed\0two schools last year.\0", id="NUL"),
        pytest.param("העיר סגרה שני בתי ספר.", id="right to left"),
        pytest.param("ʼ ﾞ The town ʼ closed two schools ﾟ last year.", id="letters that leave no form"),
        pytest.param("A. " * 6000, id="initials without end"),
        pytest.param("a" * 15000 + " Mr. A" * 800, id="one endless word, then titles"),
        pytest.param("https://example.com/" + "a/" * 5000, id="an endless address"),
    ],
)
def test_odd_text(detector: Detector, model: dict[str, Any], text: str) -> None:
    verdicts = detector.check(text)
    assert verdicts
    hold_the_promises(text, verdicts, model)


def test_invisible_characters_change_no_verdict(detector: Detector) -> None:
    plain = "The town closed two schools last year."
    [verdict] = detector.check(plain)
    [disguised] = detector.check("The to\u200bwn clo\u00adsed two scho\u2060ols last year.")
    assert (disguised.label, disguised.probability) == (verdict.label, verdict.probability)


@pytest.mark.parametrize("length", [20_000, 5_000_000])
def test_text_without_punctuation(detector: Detector, length: int) -> None:
    text = ("taxes rose and nobody knows why " * (length // 32 + 1))[:length].rstrip()
    unjudged = Verdict(0, len(text), Label.UNSURE, Basis.MODEL, None, 0.0, note=Note.TOO_LONG, why=Why.TOO_LONG)
    assert detector.check(text) == [unjudged]


def test_the_longest_statement(detector: Detector) -> None:
    longest = "Taxes rose " + "very " * ((LONGEST_STATEMENT - 16) // 5) + "fast"
    longest += "." * (LONGEST_STATEMENT - len(longest))
    assert [verdict.note for verdict in detector.check(longest)] == [None]
    assert [verdict.note for verdict in detector.check(longest + "!")] == [Note.TOO_LONG]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Die Arbeitslosenquote ist im letzten Jahr auf vier Prozent gefallen.", id="German"),
        pytest.param("La tasa de desempleo cayó al cuatro por ciento el año pasado.", id="Spanish"),
        pytest.param("Le taux de chômage est tombé à quatre pour cent l’an dernier.", id="French"),
        pytest.param("Уровень безработицы упал до четырёх процентов в прошлом году.", id="Russian"),
        pytest.param("去年失业率下降到百分之四。", id="Chinese"),
        pytest.param("انخفض معدل البطالة إلى أربعة في المئة العام الماضي.", id="Arabic"),
    ],
)
def test_other_languages_are_never_guessed(detector: Detector, text: str) -> None:
    [verdict] = detector.check(text)
    unsure = Verdict(0, len(text), Label.UNSURE, Basis.MODEL, None, 0.0, note=Note.NOT_ENGLISH, why=Why.NOT_ENGLISH)
    assert replace(verdict, unknown_words=None) == unsure


def test_a_short_sentence_takes_the_language_of_its_block(detector: Detector) -> None:
    german = "Der Bürgermeister hat die Brücke gestern wieder geöffnet. Alle waren da."
    assert [verdict.note for verdict in detector.check(german)] == [Note.NOT_ENGLISH] * 2
    english = "The mayor opened the bridge again yesterday and everybody came. Alle waren da."
    assert [verdict.note for verdict in detector.check(english)] == [None] * 2


def test_one_foreign_sentence_among_english_ones(detector: Detector) -> None:
    text = "The bridge was closed for two years. Niemand weiß genau, warum das so lange gedauert hat. It is open now."
    assert [verdict.note for verdict in detector.check(text)] == [None, Note.NOT_ENGLISH, None]


@pytest.mark.parametrize(
    "text",
    [
        "Good morning, everybody, and welcome to the show!",
        "Read more",
        "Did taxes rise by 40 percent last year?",
        "Home",
    ],
)
def test_sentences_that_are_not_claims(detector: Detector, text: str) -> None:
    [verdict] = detector.check(text)
    assert (verdict.label, verdict.basis, verdict.probability, verdict.note) == (
        Label.NO_CLAIM,
        Basis.CLAIMS,
        None,
        None,
    )


def test_same_text_same_verdicts(detector: Detector, shipped: Path) -> None:
    other = Detector.load(shipped)
    first = detector.check(PARAGRAPH)
    detector.check("Something else was asked in between, about taxes and schools and microchips.")
    assert detector.check(PARAGRAPH) == first
    assert other.check(PARAGRAPH) == first


def test_many_texts_are_judged_independently(detector: Detector) -> None:
    texts = [PARAGRAPH, "", "Der Bürgermeister hat die Brücke wieder geöffnet.", PARAGRAPH[:80]]
    assert detector.check_many(texts) == [detector.check(text) for text in texts]
    assert detector.check_many([]) == []


def test_a_statement_is_judged_the_same_in_any_place(detector: Detector) -> None:
    for verdict in detector.check(PARAGRAPH):
        [alone] = detector.check(PARAGRAPH[verdict.start : verdict.end])
        assert (alone.label, alone.probability) == (verdict.label, verdict.probability)
        assert [(r.start + verdict.start, r.end + verdict.start) for r in alone.reasons] == [
            (r.start, r.end) for r in verdict.reasons
        ]


def test_it_says_what_it_is(detector: Detector, model: dict[str, Any]) -> None:
    assert detector.version == model["version"]
    assert {**detector.card, "measures": []} == {**model["card"], "measures": []}
    assert len(detector.card["measures"]) == len(model["card"]["measures"])
    shipped = model["fact_checks"]
    assert detector.fact_checks == {"count": shipped["count"], "newest": shipped["newest"]}
    assert shipped["count"] > 30_000


def test_the_example_of_the_docstring() -> None:
    results = doctest.testmod(fake_news.detection.detector)
    assert results.attempted > 0
    assert results.failed == 0


def test_a_repeated_statement_is_searched_once(detector: Detector, monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    evidence = FactCheckCollection.evidence

    def watched(known: FactCheckCollection, statements: Sequence[str]) -> list[StatementEvidence]:
        searched.extend(statements)
        return evidence(known, statements)

    monkeypatch.setattr(FactCheckCollection, "evidence", watched)
    claim = "Taxes rose by 4 percent in 2020."
    [alone] = detector.check(claim)
    searched.clear()
    first, second = detector.check_many([f"{claim} {claim}", claim])
    assert searched == [claim]
    assert [replace(verdict, start=0, end=0, reasons=()) for verdict in (*first, *second)] == 3 * [
        replace(alone, start=0, end=0, reasons=())
    ]
