"""Another checkpoint becomes current while the server answers: no request is lost, and none gets a mixture."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_news.detection.checkpoint_folders import set_current
from tests.conftest import RunningServer
from tests.server.checkpoints import changed_checkpoint
from tests.server.conftest import Client
from tests.server.starting import wait_for_log

PAGE = {"blocks": [{"id": "b1", "text": "Taxes rose by 4 percent in 2020."}]}
SECONDS = 60


@pytest.fixture
def checkpoints(tmp_path: Path) -> Path:
    folder = tmp_path / "checkpoints"
    changed_checkpoint(folder, "first")
    changed_checkpoint(folder, "second")
    set_current(folder, "first")
    return folder


def model_of(client: Client) -> str:
    answer = client.check(PAGE)
    assert answer.status == 200
    return str(answer.json()["model"])


def wait_for_model(client: Client, name: str) -> None:
    deadline = time.monotonic() + SECONDS
    while model_of(client) != name:
        assert time.monotonic() < deadline, f"still not {name}"


@pytest.mark.slow
def test_a_switch_loses_no_request(start_server: Callable[..., RunningServer], checkpoints: Path) -> None:
    client = Client(start_server("--checkpoint", str(checkpoints), "--rate-limit", "100000").port)
    assert model_of(client) == "first"
    done = threading.Event()
    seen: list[list[str]] = [[] for _ in range(4)]
    failed: list[int] = []

    def ask(models: list[str]) -> None:
        while not done.is_set():
            answer = client.check(PAGE)
            if answer.status != 200:
                failed.append(answer.status)
                return
            models.append(answer.json()["model"])

    threads = [threading.Thread(target=ask, args=(models,)) for models in seen]
    for thread in threads:
        thread.start()
    try:
        for name in ("second", "first", "second"):
            set_current(checkpoints, name)
            wait_for_model(client, name)
    finally:
        done.set()
        for thread in threads:
            thread.join(SECONDS)
    assert failed == []
    assert {model for models in seen for model in models} == {"first", "second"}
    assert client.ask("GET", "/api/v1/health").json()["model"] == "second"


def test_a_damaged_one_is_reported_and_passed_over(
    start_server: Callable[..., RunningServer], checkpoints: Path
) -> None:
    server = start_server("--checkpoint", str(checkpoints), "--rate-limit", "100000")
    client = Client(server.port)
    largest = max((checkpoints / "second").iterdir(), key=lambda file: file.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-100])
    set_current(checkpoints, "second")
    assert largest.name in wait_for_log(server, "Still judging with checkpoint first")
    assert model_of(client) == "first"
    set_current(checkpoints, "nothing")
    wait_for_log(server, str(checkpoints / "nothing"))
    assert model_of(client) == "first"
    shutil.rmtree(checkpoints / "second")
    changed_checkpoint(checkpoints, "second")
    set_current(checkpoints, "second")
    wait_for_model(client, "second")


def test_one_that_is_replaced_under_its_name_is_noticed(
    start_server: Callable[..., RunningServer], checkpoints: Path
) -> None:
    """Retraining may keep the version's name; what was remembered of the old one is then no good."""
    server = start_server("--checkpoint", str(checkpoints), "--rate-limit", "100000")
    client = Client(server.port)
    before = client.check(PAGE).json()["blocks"]

    def more_trusting(model: dict[str, Any]) -> None:
        model["calibration"]["intercept"] += 3.0

    shutil.rmtree(checkpoints / "first")
    changed_checkpoint(checkpoints, "first", more_trusting)
    wait_for_log(server, "Now judging with checkpoint first")
    after = client.check(PAGE).json()["blocks"]
    assert after[0]["statements"][0]["probability"] > before[0]["statements"][0]["probability"]
