"""Counts over time, without a word of text."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from fake_news.verdict import Label
from server.drift import FEWEST_STATEMENTS, advice, population_stability_index, reference_scores
from server.statistics import Statistics, drift
from server.storage.database import Database
from server.storage.errors import StorageError
from server.storage.records import SCORE_BINS, DayCounts
from server.storage.storage import Storage
from tests.conftest import RunningServer
from tests.server.checkpoints import changed_checkpoint
from tests.server.conftest import Client


def test_what_was_judged_is_counted_by_day_label_and_score(start_server: Callable[..., RunningServer]) -> None:
    client = Client(start_server().port)
    assert client.ask("GET", "/api/v1/statistics").json()["days"] == []
    before = datetime.now(UTC).strftime("%Y-%m-%d")
    statements = client.check_text("Taxes rose by 4 percent in 2020. Thank you all for coming. Is that wise?")
    assert len(statements) == 3
    days = client.ask("GET", "/api/v1/statistics").json()["days"]
    assert days[0]["day"] >= before
    for label in Label:
        assert sum(day["labels"][label] for day in days) == sum(one["label"] == label for one in statements)
    scored = [one["probability"] for one in statements if one["probability"] is not None]
    assert [sum(bins) for bins in zip(*(day["scores"] for day in days), strict=True)] == [
        sum(int(score * SCORE_BINS) == number for score in scored) for number in range(SCORE_BINS)
    ]


def test_counts_outlive_the_server(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    first = start_server("--data-folder", str(tmp_path / "data"))
    assert Client(first.port).check_text("Thank you all for coming.")
    first.process.terminate()
    first.process.wait(timeout=20)
    second = Client(start_server("--data-folder", str(tmp_path / "data")).port)
    assert second.check_text("Thank you all for coming.")
    days = second.ask("GET", "/api/v1/statistics").json()["days"]
    assert sum(sum(day["labels"].values()) for day in days) == 2


def test_a_score_of_one_lies_in_the_last_bin(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    statistics = Statistics(storage)
    statistics.count([(Label.LIKELY_TRUE, 1.0), (Label.LIKELY_FALSE, 0.0)])
    [day] = statistics.days()
    assert day.scores == (1, *[0] * (SCORE_BINS - 2), 1)
    storage.close()


def test_a_clock_that_jumps_back_loses_nothing(tmp_path: Path) -> None:
    clock = [datetime(2026, 11, 21, tzinfo=UTC)]
    storage = Storage(tmp_path, now=lambda: clock[0])
    statistics = Statistics(storage)
    unsure = (Label.UNSURE, 0.5)
    statistics.count([unsure, unsure])
    statistics.store()
    clock[0] = datetime(1970, 1, 1, tzinfo=UTC)
    statistics.count([unsure])
    assert [(day.day, day.labels[Label.UNSURE]) for day in statistics.days()] == [("1970-01-01", 1), ("2026-11-21", 2)]
    storage.close()


def test_what_could_not_be_stored_is_stored_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise StorageError("The disk is full.", "Make room.")

    storage = Storage(tmp_path)
    statistics = Statistics(storage)
    statistics.count([(Label.UNSURE, 0.5)])
    with monkeypatch.context() as while_full:
        while_full.setattr(Database, "add_counts", full)
        for _ in range(3):
            statistics.try_to_store()
    assert [record.getMessage() for record in caplog.records] == [
        "Counts and feedback cannot be stored. The disk is full. Make room."
    ]
    statistics.count([(Label.UNSURE, 0.5)])
    [day] = statistics.days()
    assert (day.labels[Label.UNSURE], day.scores[10]) == (2, 2)
    storage.close()


def test_who_asks_while_counts_are_being_stored_sees_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    storing, asked = Event(), Event()
    add_counts = Database.add_counts

    def slowly(*arguments: Any) -> None:
        storing.set()
        asked.wait(0.2)  # ends early if the question is answered meanwhile, which it must not be
        add_counts(*arguments)

    storage = Storage(tmp_path)
    statistics = Statistics(storage)
    statistics.count([(Label.UNSURE, 0.5)])
    monkeypatch.setattr(Database, "add_counts", slowly)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(statistics.store)
        assert storing.wait(20)
        days = statistics.days()
        asked.set()
    assert [day.labels[Label.UNSURE] for day in days] == [1]
    storage.close()


def test_psi_is_the_textbook_s() -> None:
    assert population_stability_index([0.5, 0.5], [10**9, 10**9]) == pytest.approx(0)
    # (0.2 - 0.5) ln(0.2 / 0.5) + (0.8 - 0.5) ln(0.8 / 0.5)
    assert population_stability_index([0.5, 0.5], [2 * 10**9, 8 * 10**9]) == pytest.approx(0.41588, abs=1e-5)


def test_an_empty_bin_makes_psi_large_and_not_infinite() -> None:
    assert 5 < population_stability_index([1.0, 0.0], [0, 1000]) < 20
    assert population_stability_index([1.0, 0.0], [1000, 0]) == pytest.approx(0)


def day_of(scores: list[int]) -> DayCounts:
    return DayCounts("2026-11-21", dict.fromkeys(Label, 0), tuple(scores))


LEANING = [2 * (SCORE_BINS - number) / (SCORE_BINS * (SCORE_BINS + 1)) for number in range(SCORE_BINS)]
"""A reference that leans towards false: shares that sum to 1."""


def test_drift_is_told_in_plain_words() -> None:
    alike = drift([day_of([round(2000 * share) for share in LEANING])], LEANING)
    different = drift([day_of([round(2000 * share) for share in reversed(LEANING)])], LEANING)
    assert alike is not None
    assert different is not None
    assert alike["psi"] < 0.1 < 0.25 < different["psi"]
    assert alike["advice"] == advice(0.0) != different["advice"] == advice(1.0)


def test_drift_is_not_told_from_little_or_nothing() -> None:
    assert drift([], LEANING) is None
    assert drift([day_of([1] * SCORE_BINS)], LEANING) is None
    assert drift([day_of([1000] * SCORE_BINS)], None) is None


def with_reference(folder: Path, scores: object) -> Path:
    """The shipped checkpoint with such ``reference_scores`` in its card."""
    return changed_checkpoint(folder, "referenced", lambda model: model["card"].update(reference_scores=scores))


def test_the_reference_is_the_checkpoint_s_own(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    folder = with_reference(tmp_path / "checkpoints", LEANING)
    client = Client(start_server("--checkpoint", str(folder)).port)
    blocks = [{"id": str(number), "text": f"The county spent {number} dollars on bridges."} for number in range(500)]
    answered = client.check({"blocks": blocks}).json()["blocks"]
    scores = [one["probability"] for block in answered for one in block["statements"] if one["probability"] is not None]
    assert len(scores) >= FEWEST_STATEMENTS
    statistics = client.ask("GET", "/api/v1/statistics").json()
    assert statistics["reference"] == {"scores": LEANING}
    observed = [sum(min(int(score * SCORE_BINS), SCORE_BINS - 1) == number for score in scores) for number in range(20)]
    expected = population_stability_index(LEANING, observed)
    assert statistics["drift"] == {"psi": round(expected, 4), "advice": advice(expected)}
    # nothing like the reference: one sentence with 500 numbers in it
    assert expected > 0.25


@pytest.mark.parametrize(
    "scores",
    [[0.1] * 10, [0.05] * 19, [5.0] * SCORE_BINS, [-0.05, 0.15] + [0.05] * 18, ["0.05"] * SCORE_BINS, "even", 0.5],
    ids=["ten bins", "nineteen", "counts", "negative", "strings", "string", "number"],
)
def test_what_is_no_reference_is_none(scores: object, caplog: pytest.LogCaptureFixture) -> None:
    assert reference_scores({"reference_scores": scores}) is None
    assert "drift cannot be told" in caplog.text


def test_without_a_reference_nothing_is_said(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    folder = with_reference(tmp_path / "checkpoints", None)
    client = Client(start_server("--checkpoint", str(folder)).port)
    assert client.check_text("The county spent 4 million dollars on bridges.")
    statistics = client.ask("GET", "/api/v1/statistics").json()
    assert (statistics["reference"], statistics["drift"]) == (None, None)
    assert len(statistics["days"]) >= 1


def test_the_index_of_fact_checks_is_the_one_that_answers_come_from(client: Client) -> None:
    index = client.ask("GET", "/api/v1/fact-checks").json()
    answered = client.check({"blocks": []}).json()["fact_checks"]
    assert {name: index[name] for name in ("count", "newest")} == answered
