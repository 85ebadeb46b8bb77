"""Counts over time, without a word of text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.checkpoint_folders import set_current
from fake_news.detection.verdict import Label
from fake_news.monitoring.reference import FIELD
from fake_news.monitoring.traits import SCORE_BINS
from tests.conftest import RunningServer
from tests.fake_news.monitoring.references import reference
from tests.server.checkpoints import changed_checkpoint
from tests.server.conftest import Client
from tests.server.starting import wait_for_log


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


def with_reference(folder: Path, name: str, reference: object) -> Path:
    """The shipped checkpoint with such a reference in its card."""
    return changed_checkpoint(folder, name, lambda model: model["card"].update({FIELD: reference}))


@pytest.fixture(scope="module")
def card_reference() -> dict[str, Any]:
    return reference().as_json()


def test_the_reference_is_the_checkpoint_s_own_and_a_switch_starts_over(
    start_server: Callable[..., RunningServer], tmp_path: Path, card_reference: dict[str, Any]
) -> None:
    folder = tmp_path / "checkpoints"
    with_reference(folder, "first", card_reference)
    with_reference(folder, "second", card_reference)
    set_current(folder, "first")
    server = start_server("--checkpoint", str(folder), "--rate-limit", "100000")
    client = Client(server.port)
    blocks = [{"id": str(number), "text": f"The county spent {number} dollars on bridges."} for number in range(500)]
    answered = [block for _ in range(2) for block in client.check({"blocks": blocks}).json()["blocks"]]
    scores = [one["probability"] for block in answered for one in block["statements"] if one["probability"] is not None]
    statistics = client.ask("GET", "/api/v1/statistics").json()
    drift = statistics["drift"]
    assert statistics["reference"] == {"scores": card_reference["histograms"]["score"]}
    assert (drift["model"], drift["state"], drift["statements"]) == ("first", "drifted", 1000)
    [score] = [one for one in drift["traits"] if one["trait"] == "score"]
    observed = [sum(min(int(score * SCORE_BINS), SCORE_BINS - 1) == number for score in scores) for number in range(20)]
    assert (score["observed"], score["reference"]) == (observed, card_reference["histograms"]["score"])
    assert score["psi"] > score["drifted_from"]  # nothing like the reference: one sentence with 500 numbers in it
    set_current(folder, "second")
    wait_for_log(server, "Now judging with checkpoint second")
    after = client.ask("GET", "/api/v1/statistics").json()
    assert (after["drift"]["model"], after["drift"]["state"], after["drift"]["statements"]) == ("second", "unknown", 0)
    assert sum(sum(day["labels"].values()) for day in after["days"]) == 1000


def test_without_a_reference_there_is_no_drift(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    folder = with_reference(tmp_path / "checkpoints", "referenced", None)
    client = Client(start_server("--checkpoint", str(folder)).port)
    assert client.check_text("The county spent 4 million dollars on bridges.")
    statistics = client.ask("GET", "/api/v1/statistics").json()
    assert (statistics["reference"], statistics["drift"], statistics["shadow"]) == (None, None, None)
    assert len(statistics["days"]) >= 1


def test_the_index_of_fact_checks_is_the_one_that_answers_come_from(client: Client) -> None:
    index = client.ask("GET", "/api/v1/fact-checks").json()
    answered = client.check({"blocks": []}).json()["fact_checks"]
    assert {name: index[name] for name in ("count", "newest")} == answered
