"""A statement that is longer than the encoder reads is cut into clauses, and nothing of it is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fake_news.detection.encoder.encoder import passages


def fits(text: str) -> bool:
    return len(text.split()) <= 50


def test_a_short_statement_is_one_passage() -> None:
    assert passages("The ferry sank, and nobody swam.", fits) == ["The ferry sank, and nobody swam."]


def test_clauses_stay_whole() -> None:
    clause = "the ferry sank in the harbour of the old town in the night"
    parts = passages(", and ".join([clause] * 9), fits)
    assert len(parts) > 1
    assert all(fits(part) for part in parts)
    assert sum(part.count(clause) for part in parts) == 9


@given(st.lists(st.sampled_from(["ferry", "and", "sank,", "but", "night;", "it"]), min_size=60, max_size=300))
def test_no_word_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    parts = passages(text, fits)
    assert " ".join(parts).split() == words
    assert all(fits(part) for part in parts)
