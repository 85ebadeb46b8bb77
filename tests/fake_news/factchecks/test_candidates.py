"""Candidates are found by the terms they share with a statement, and by meaning where the words differ."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fake_news.factchecks import candidates
from fake_news.factchecks.candidates import CandidateIndex
from fake_news.factchecks.columns import ClaimColumns
from fake_news.factchecks.profile import profile, statement_profile
from fake_news.factchecks.statement import Statement
from fake_news.factchecks.term_table import TermTable, quantised
from fake_news.factchecks.terms import term_of

CLAIMS = ["The harbour ferry sank twice.", "Bakers sell bread at night.", "The council painted every lamp green."]
MEANS_ALIKE = {"ferry": 0, "ship": 0, "sank": 1, "foundered": 1, "bread": 2, "bakers": 2, "lamp": 3, "green": 4}


@pytest.fixture(scope="module")
def table() -> TermTable:
    """Words of one number point the same way."""
    vectors = {term_of(word): np.eye(6, dtype=np.float32)[axis] for word, axis in MEANS_ALIKE.items()}
    hashes = np.array(sorted(term for term in vectors if term is not None), dtype=np.uint32)
    steps, scales = quantised(np.stack([vectors[term] for term in hashes.tolist()]))
    return TermTable(hashes, np.ones(len(hashes), np.float32), steps, scales, np.zeros(len(hashes), dtype=bool))


def found(text: str, table: TermTable, **how: Any) -> list[int]:
    index = CandidateIndex(ClaimColumns.of([profile(claim) for claim in CLAIMS]), table)
    claims, bm25 = index.candidates(Statement.of(statement_profile(text), table), 1, **how)
    assert len(claims) == len(bm25)
    assert (np.diff(bm25) <= 0).all()
    return [int(claim) for claim in claims]


def test_by_terms(table: TermTable) -> None:
    assert found("Bakers do not sell lamps.", table) == [1]


def test_by_meaning_besides(table: TermTable) -> None:
    """Another claim shares more words; the one that means the same shares only "twice"."""
    text = "They sell it at night, and a ship foundered twice."
    assert found(text, table) == [1, 0]


def test_meaning_needs_no_least_share_and_terms_do(table: TermTable) -> None:
    assert found("They sell it at night, and a ship foundered twice.", table, least_share=5.0) == [0]


def test_meaning_chooses_among_those_that_share_most(table: TermTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "_SHARING", 1)
    assert found("They sell it at night, and a ship foundered twice.", table) == [1]


def test_fewest_terms_count_for_meaning_too(table: TermTable) -> None:
    text = "They sell it at night, and a ship foundered twice."
    assert found(text, table, fewest=2) == [1, 0], "twice is a word and a number"
    assert found(text, table, fewest=3) == []


def test_a_statement_without_known_terms_has_none(table: TermTable) -> None:
    assert found("Zyx qwv!", table) == []
