"""A profile holds what is said, not who is quoted, and never a word of the text."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from fake_news.detection.factchecks.claim_profile import (
    HEADLINE,
    NAME,
    NEGATED,
    NUMBER,
    SPEAKER,
    profile,
    statement_profile,
)
from fake_news.detection.factchecks.relation.cues import FIRST_PERSON, RELATIVE_TIME
from fake_news.detection.factchecks.terms import term_hash, term_of


def mark_of(word: str, terms: dict[int, int]) -> int:
    term = term_of(word)
    assert term is not None
    return terms[term]


def test_a_profile_holds_no_word_of_the_text() -> None:
    text = "The ferry to Ashford never paid 4,300 dollars in harbour fees."
    stored = repr(asdict(profile(text, headline="Ferry fees in Ashford", speaker="Ann Ott")))
    assert not any(word in stored.lower() for word in ("ferry", "ferri", "ashford", "harbour", "fees", "ott"))


def test_marks_of_terms() -> None:
    terms = profile("Taxes in Ashford (a town) have not risen by $5.", headline="Bridge tolls", speaker="Ann Ott").terms
    assert mark_of("ashford", terms) & NAME
    assert mark_of("risen", terms) & NEGATED
    assert mark_of("town", terms) & HEADLINE, "what the fact-checker added in brackets is optional"
    assert mark_of("tolls", terms) == HEADLINE
    assert mark_of("ott", terms) == SPEAKER
    assert terms[term_hash("#5")] == NUMBER


@pytest.mark.parametrize(
    "attribution",
    [
        "The senator said that",
        "According to Ann Ott,",
        "A spokeswoman for Ann Ott told reporters on Monday that",
        "“Look,” she said,",
    ],
)
def test_who_is_quoted_is_not_part_of_what_is_said(attribution: str) -> None:
    plain = statement_profile("the ferry lost nine lamps.").terms
    quoted = statement_profile(f"{attribution} the ferry lost nine lamps.").terms
    assert {term for term, mark in quoted.items() if not mark & SPEAKER} == set(plain)


def test_hashtags_are_words() -> None:
    assert set(statement_profile("#AshfordFerry sank").terms) == set(statement_profile("Ashford Ferry sank").terms)


def test_marks_of_claims() -> None:
    assert profile("I paid for the ferry this year.").marks == FIRST_PERSON | RELATIVE_TIME
    assert profile("The ferry was paid for.").marks == 0


@pytest.mark.parametrize("text", ["", " ", "?!", "the of and", "\ud800 \ud83d", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ﷺ", "#", "((("])
def test_odd_texts(text: str) -> None:
    assert statement_profile(text).directions == profile(text).directions == []
