"""Counts over time, as the database keeps them: by day, by checkpoint, and nothing lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from fake_news.database.database import Database
from fake_news.database.lazy_database import DatabaseError, LazyDatabase
from fake_news.database.verdict_counts import VerdictCounts
from fake_news.detection.verdict import Basis, Label, Verdict
from fake_news.monitoring.traits import SCORE_BINS, Observation, Trait, observe

UNSURE = Observation(Label.UNSURE, 10, 3, 0, 1, 0)


def test_a_score_of_one_lies_in_the_last_bin(tmp_path: Path) -> None:
    storage = LazyDatabase(tmp_path)
    statistics = VerdictCounts(storage)
    for label, probability in ((Label.LIKELY_TRUE, 1.0), (Label.LIKELY_FALSE, 0.0)):
        statistics.count("first", [observe(Verdict(0, 30, label, Basis.MODEL, probability, 0.9))])
    [day] = statistics.days("first")
    assert day.scores == (1, *[0] * (SCORE_BINS - 2), 1)
    storage.close()


def test_a_clock_that_jumps_back_loses_nothing(tmp_path: Path) -> None:
    clock = [datetime(2026, 11, 21, tzinfo=UTC)]
    storage = LazyDatabase(tmp_path, now=lambda: clock[0])
    statistics = VerdictCounts(storage)
    statistics.count("first", [UNSURE, UNSURE])
    statistics.store()
    clock[0] = datetime(1970, 1, 1, tzinfo=UTC)
    statistics.count("first", [UNSURE])
    assert [(day.day, day.labels[Label.UNSURE]) for day in statistics.days("first")] == [
        ("1970-01-01", 1),
        ("2026-11-21", 2),
    ]
    storage.close()


def test_what_could_not_be_stored_is_stored_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise DatabaseError("The disk is full.", "Make room.")

    storage = LazyDatabase(tmp_path)
    statistics = VerdictCounts(storage)
    statistics.count("first", [UNSURE])
    with monkeypatch.context() as while_full:
        while_full.setattr(Database, "add_counts", full)
        for _ in range(3):
            statistics.try_to_store()
    assert [record.getMessage() for record in caplog.records] == [
        "Counts and feedback cannot be stored. The disk is full. Make room."
    ]
    statistics.count("first", [UNSURE])
    [day] = statistics.days("first")
    assert (day.labels[Label.UNSURE], day.scores[10]) == (2, 2)
    storage.close()


def test_who_asks_while_counts_are_being_stored_sees_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storing, asked = Event(), Event()
    add_counts = Database.add_counts

    def slowly(*arguments: Any) -> None:
        storing.set()
        asked.wait(0.2)  # ends early if the question is answered meanwhile, which it must not be
        add_counts(*arguments)

    storage = LazyDatabase(tmp_path)
    statistics = VerdictCounts(storage)
    statistics.count("first", [UNSURE])
    monkeypatch.setattr(Database, "add_counts", slowly)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(statistics.store)
        assert storing.wait(20)
        days = statistics.days("first")
        asked.set()
    assert [day.labels[Label.UNSURE] for day in days] == [1]
    storage.close()


def test_checkpoints_are_counted_apart(tmp_path: Path) -> None:
    """A switch must not mix what two detectors gave: their scores are not on one scale."""
    storage = LazyDatabase(tmp_path)
    statistics = VerdictCounts(storage)
    statistics.count("first", [UNSURE] * 3)
    statistics.store()
    statistics.count("second", [UNSURE])
    assert [sum(statistics.window(name, 30)[Trait.SCORE]) for name in ("first", "second", "third")] == [3, 1, 0]
    [day] = statistics.days("second")
    assert (sum(day.scores), day.labels[Label.UNSURE]) == (1, 4)
    storage.close()


def test_a_window_is_of_the_latest_days(tmp_path: Path) -> None:
    clock = [datetime(2026, 11, 1, tzinfo=UTC)]
    storage = LazyDatabase(tmp_path, now=lambda: clock[0])
    statistics = VerdictCounts(storage)
    for day in (1, 20, 21):
        clock[0] = datetime(2026, 11, day, tzinfo=UTC)
        statistics.count("first", [UNSURE])
    assert [sum(statistics.window("first", days)[Trait.LENGTH]) for days in (1, 2, 20, 21)] == [1, 2, 2, 3]
    storage.close()
