"""A server of a reader who imported two rulings, with a language model to ask or without one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fake_news.common.language_model.endpoint import Endpoint
from fake_news.detection.checkpoint_folders import SHIPPED_CHECKPOINTS, current_checkpoint
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.detection.factchecks.language_model_judge.policy import (
    RECORDS_FOLDER,
    Change,
    Policy,
    PolicyEffect,
    Record,
)
from fake_news.detection.factchecks.language_model_judge.question import prompt_digest
from server import service
from server.configuration import Configuration
from server.judging.live_detector import LiveDetector
from server.language_model.settings import JudgeSettings
from tests.conftest import ROOT
from tests.language_models.protocols import DIGEST
from tests.language_models.stub import MODEL
from tests.server.conftest import Answer, Client, served_here

FALSE = "The Harlow Creek ferry sank forty times in the winter of 2031."
TRUE = "The Harlow Creek bakery employed ninety people in 2031."
TABLE = f"""claim,rating,publisher,url,review_date
{FALSE},False,Creek Facts,https://facts.example/ferry,2024-05-01
{TRUE},True,Creek Facts,https://facts.example/bakery,2024-05-02
"""

TEXT = f"It was a cold winter. {FALSE} {TRUE} Nobody knows why."
BETTER, SAME, WORSE = Change(0.05, 0.02, 0.08), Change(0.0, 0.0, 0.0), Change(-0.05, -0.08, -0.02)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a reader who imported two rulings."""
    made = tmp_path_factory.mktemp("imported")
    table = made / "facts.csv"
    table.write_text(TABLE, encoding="utf-8")
    command = [sys.executable, "-m", "fake_news", "factchecks", "import", str(table), "--data-folder", str(made)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return made


class JudgedClient(Client):
    """A client of a server with a judge."""

    def statements(self, text: str = TEXT) -> list[dict[str, Any]]:
        return self.check_text(text)

    def judge(self, statement: dict[str, Any], text: str = TEXT, **more: str) -> Answer:
        """Have one statement of a text read."""
        return self.send("POST", "/api/v1/judge", {"text": text, **place_of(statement), **more})


def place_of(statement: dict[str, Any]) -> dict[str, int]:
    return {"start": statement["start"], "end": statement["end"]}


Serve = Callable[..., JudgedClient]


@pytest.fixture(scope="session")
def detector(folder: Path) -> LiveDetector:
    """One for all servers here, as reading a checkpoint takes longest."""
    return LiveDetector(SHIPPED_CHECKPOINTS, ImportedDatabase(folder))


@pytest.fixture
def serve(detector: LiveDetector, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serve with a judge, or without one, in this process."""
    monkeypatch.setattr(service, "LiveDetector", lambda *_: detector)
    with ExitStack() as stack:

        def start(address: str | None, policy: Policy = Policy.EXPLAIN) -> JudgedClient:
            endpoint = Endpoint.of(address, MODEL) if address else None
            judge = JudgeSettings(endpoint, policy, tmp_path / RECORDS_FOLDER) if endpoint else None
            configuration = Configuration(data_folder=folder, judge=judge)
            server = stack.enter_context(served_here(configuration))
            return JudgedClient(int(server.effective_port))

        yield start


def record(folder: Path, **other: Any) -> None:
    """An evaluation that earns both policies, but for what a test says."""
    fingerprint = json.loads((current_checkpoint() / "model.json").read_text(encoding="utf-8"))["fingerprint"]
    policies = {"veto": PolicyEffect(SAME, WORSE), "decide": PolicyEffect(BETTER, SAME)}
    measured = Record(MODEL, f"ollama:{DIGEST}", prompt_digest(), fingerprint, 2015, 0.99, 1.5, policies)
    replace(measured, **other).write(folder / RECORDS_FOLDER)
