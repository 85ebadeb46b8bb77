"""Fact-checks are read from a file as they were written: each with its own publisher, speaker and address."""

from __future__ import annotations

import pytest

from fake_news.detection.factchecks.fact_check import FactCheck, Rulings
from fake_news.detection.verdict import Label

FALSE = FactCheck("B Facts", "False", Label.FALSE, "Zoe", "", "2031-05-04", "https://b.example/1")
OPEN = FactCheck("A Facts", "Needs context", None, "", "2030-01-02", "", "https://a.example/2")
TRUE = FactCheck("B Facts", "Mostly True", Label.TRUE, "Ann Ott", "2029-12-31", "2030-01-01", "https://b.example/3")


def test_rulings_are_read_as_they_were_written() -> None:
    rulings = Rulings.from_arrays(Rulings.of([FALSE, OPEN, TRUE]).as_arrays())
    assert [rulings[i] for i in range(len(rulings))] == [FALSE, OPEN, TRUE]
    assert rulings.newest == "2031-05-04"
    assert rulings.by_publisher() == {"B Facts": 2, "A Facts": 1}
    assert [ruling.date for ruling in (FALSE, OPEN, TRUE)] == ["2031-05-04", "2030-01-02", "2030-01-01"]


def test_a_line_break_is_refused() -> None:
    broken = FactCheck("B Facts", "False", Label.FALSE, "Zoe\nSmith", "", "", "https://b.example/1")
    with pytest.raises(ValueError, match="line break"):
        Rulings.of([FALSE, broken]).as_arrays()


def test_more_speakers_than_sixteen_bits_count() -> None:
    facts = [FactCheck("A", "False", Label.FALSE, f"Speaker {n}", "", "", "https://a.example/") for n in range(65_600)]
    rulings = Rulings.of(facts)
    assert [rulings[n].speaker for n in (0, 65_599)] == ["Speaker 0", "Speaker 65599"]
