"""Shadow deployment: it changes no answer, harms none, keeps no text, and its agreement is counted."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.verdict import Basis, Label, Verdict
from server.configuration import Configuration
from server.judging import shadow as shadow_module
from server.judging.shadow import JudgedText, Shadow, mean_difference
from server.monitoring.metrics import Metrics
from server.service import Service
from tests.conftest import ROOT, RunningServer
from tests.server.checkpoints import changed_checkpoint, more_trusting
from tests.server.conftest import Client
from tests.server.metric_samples import samples
from tests.server.starting import wait_until

PAGE = {
    "blocks": [
        {
            "id": "b1",
            "text": "Taxes rose by 4 percent in 2020. Thank you all for coming. The county sold 14 libraries.",
        },
        {"id": "b2", "text": "A video shows that the vaccine contains microchips. Is that wise?"},
    ]
}
SECONDS = 60


def shadow_of(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.ask("GET", "/api/v1/statistics").json()["shadow"]
    return found


def test_answers_are_the_same_to_the_byte_and_agreement_is_counted(
    start_server: Callable[..., RunningServer], client: Client, tmp_path: Path
) -> None:
    folder = changed_checkpoint(tmp_path, "trusting", more_trusting)
    server = start_server("--shadow", str(folder))
    watched = Client(server.port)
    plain, answer = client.check(PAGE), watched.check(PAGE)
    assert (answer.status, answer.body) == (200, plain.body)
    statements = [one for block in answer.json()["blocks"] for one in block["statements"]]
    wait_until(lambda: shadow_of(watched)["statements"] == len(statements))
    watched.check(PAGE)  # what is remembered is not read again
    found = shadow_of(watched)
    version = answer.json()["model"]
    assert (found["champion"], found["shadow"], found["statements"]) == (version, "trusting", len(statements))
    other = Detector.load(folder)
    theirs = [verdict for block in PAGE["blocks"] for verdict in other.check(block["text"])]
    pairs = list(zip(statements, theirs, strict=True))
    assert found["agreeing"] == sum(mine["label"] == one.label for mine, one in pairs) < len(pairs)
    judged = [abs(mine["probability"] - one.probability) for mine, one in pairs if one.probability is not None]
    assert found["mean_difference"] == pytest.approx(sum(judged) / len(judged), abs=1e-4)
    assert sum(pair["count"] for pair in found["labels"]) == len(pairs)
    assert (found["since_start"]["dropped"], found["since_start"]["failed"]) == (0, 0)
    counted = samples(watched)
    assert counted["plumbline_shadow_statements_total"] == len(pairs)
    assert counted["plumbline_shadow_agreements_total"] == found["agreeing"]
    assert counted["plumbline_shadow_cpu_seconds_total"] > 0
    assert counted['plumbline_shadow_info{version="trusting"}'] == 1
    server.process.terminate()
    server.process.wait(timeout=SECONDS)
    files = [server.log, *server.log.with_suffix(".data").iterdir()]
    assert len(files) > 1
    kept = b"".join(path.read_bytes() for path in files)
    assert b"libraries" not in kept
    assert b"microchips" not in kept


def test_a_damaged_shadow_is_reported_at_the_start(tmp_path: Path) -> None:
    folder = changed_checkpoint(tmp_path, "damaged")
    weights = folder / "weights.npy"
    weights.write_bytes(weights.read_bytes()[:-100])
    started = subprocess.run(
        [sys.executable, "-m", "server", "--port", "0", "--data-folder", str(tmp_path), "--shadow", str(folder)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
    )
    assert started.returncode == 2
    assert "The shadow cannot be used." in started.stderr
    assert "weights.npy" in started.stderr
    assert "Traceback" not in started.stderr


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = Service(Configuration(data_folder=tmp_path, shadow=current_checkpoint()))
    yield service
    service.stop()


def ask(service: Service, text: str) -> str:
    return service.checker.answer([("b", text)], time.monotonic() + SECONDS)


def test_a_shadow_that_fails_is_counted_and_harms_no_answer(
    service: Service, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert service.shadow is not None
    expected = ask(service, "The county sold 14 libraries.")
    monkeypatch.setattr(service.shadow, "detector", Failing())
    service.start()
    answers = [ask(service, f"The county sold {number} libraries.") for number in (14, 15, 16)]
    assert answers[0] == expected
    assert all('"label"' in answer for answer in answers)
    wait_until(lambda: service.shadow is not None and service.shadow.tally.failed == 3)
    told = [record.getMessage() for record in caplog.records if "shadow" in record.getMessage()]
    assert told == ["The shadow failing failed on a text (ZeroDivisionError)."]


class Failing:
    """Stands in for a detector that breaks on every text."""

    version = fingerprint = "failing"

    def check(self, text: str) -> list[Verdict]:
        raise ZeroDivisionError(text)


class Held:
    """Stands in for a detector that reads when it is let."""

    version = fingerprint = "held"

    def __init__(self) -> None:
        self.read: list[str] = []
        self.begun, self.may_go_on = Event(), Event()

    def check(self, text: str) -> list[Verdict]:
        self.begun.set()
        assert self.may_go_on.wait(SECONDS)
        self.read.append(text)
        return []


def test_an_answer_waits_for_no_shadow_and_what_does_not_fit_is_dropped(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    shadow, held = service.shadow, Held()
    assert shadow is not None
    monkeypatch.setattr(shadow, "detector", held)
    monkeypatch.setattr(shadow_module, "MOST_WAITING_CHARACTERS", 40)
    service.start()
    ask(service, "The first one is held.")
    assert held.begun.wait(SECONDS)
    for text in ("This waits.", "This waits too.", "For this there is no room at all."):
        ask(service, text)  # answered while the shadow stands still
    assert shadow.tally.dropped == 1
    held.may_go_on.set()
    wait_until(lambda: len(held.read) == 3)
    assert held.read == ["The first one is held.", "This waits.", "This waits too."]


def test_no_text_is_begun_while_an_answer_is_made(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    shadow, held = service.shadow, Held()
    assert shadow is not None
    monkeypatch.setattr(shadow, "detector", held)
    held.may_go_on.set()
    service.start()
    champion = service.champion
    with shadow.stepping_aside():
        shadow.offer([JudgedText(champion, "Somebody said so.", [], 0.0)])
        assert not held.begun.wait(0.2)
    assert held.begun.wait(SECONDS)


def test_statements_are_compared_where_both_found_them(service: Service) -> None:
    def verdict(start: int, end: int, label: Label, probability: float | None) -> Verdict:
        return Verdict(start, end, label, Basis.MODEL, probability, 0.9)

    class Other:
        version = fingerprint = "other"

        def check(self, _: str) -> list[Verdict]:
            return [
                verdict(0, 10, Label.UNSURE, 0.5),
                verdict(11, 20, Label.UNSURE, 0.5),
                verdict(21, 30, Label.TRUE, None),
            ]

    shadow = Shadow(Other(), service.statistics, Metrics(has_shadow=True))  # type: ignore[arg-type]
    champion = service.champion
    mine = [verdict(0, 10, Label.LIKELY_FALSE, 0.2), verdict(11, 30, Label.UNSURE, 0.5)]
    shadow.start()
    shadow.offer([JudgedText(champion, "x" * 30, mine, 0.0)])
    wait_until(lambda: shadow.tally.statements == 1)
    assert (shadow.tally.agreeing, shadow.tally.unaligned) == (0, 3)
    [agreement] = service.statistics.agreements(champion.fingerprint, "other")
    assert (agreement.champion_label, agreement.shadow_label, agreement.count) == (Label.LIKELY_FALSE, Label.UNSURE, 1)
    assert mean_difference([agreement]) == pytest.approx(0.3)
    assert mean_difference([]) is None
