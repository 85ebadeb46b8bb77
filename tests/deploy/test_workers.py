"""Two of gunicorn's workers count as one server in the metrics."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.image import SIGNED, Gunicorn
from tests.server.starting import wait_until

CHECKS = 'plumbline_requests_total{method="POST",route="/api/v1/check",status="200"}'


class Workers(Gunicorn):
    """The image's command with a folder for figures that the test can look into."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.figures = folder / "figures"
        self.figures.mkdir()
        settings = {"PROMETHEUS_MULTIPROC_DIR": str(self.figures), "PLUMBLINE_WORKERS": "2"}
        super().__init__(image, folder / "data", folder / "log", settings)

    def have_answered(self) -> set[int]:
        """The processes that have counted something, the one that starts the others apart."""
        found = {int(path.stem.partition("_")[2]) for path in self.figures.glob("counter_*.db")}
        return found - {self.process.pid}

    def read(self) -> dict[str, float]:
        text = self.client.ask("GET", "/metrics", headers=SIGNED).body.decode()
        samples = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in samples}


@pytest.fixture
def workers(image: Path, tmp_path: Path) -> Iterator[Workers]:
    pytest.importorskip("gunicorn", reason="gunicorn does not run on this system")
    running = Workers(image, tmp_path)
    yield running
    running.process.terminate()
    running.process.wait(timeout=60)


def test_their_figures_are_added_up_whichever_is_asked(workers: Workers) -> None:
    answered = 0

    def check() -> bool:
        nonlocal answered
        assert workers.check().status == 200
        answered += 1
        return len(workers.have_answered()) == 2

    wait_until(check)
    for _ in range(10):
        found = workers.read()
        assert found[CHECKS] == answered
        assert found['plumbline_request_seconds_count{route="/api/v1/check"}'] == answered
        assert found["plumbline_cache_hits_total"] + found["plumbline_cache_misses_total"] == answered
        assert found["plumbline_checks_in_flight"] == 0
        assert found["plumbline_cache_entries"] == 2  # the same text, kept by either
        assert found["process_cpu_seconds_total"] > 0
    killed, other = sorted(workers.have_answered())
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: not list(workers.figures.glob(f"gauge_livesum_{killed}.db")))
    wait_until(lambda: workers.read()["plumbline_cache_entries"] == 1)  # what it kept is gone
    assert workers.read()[CHECKS] == answered  # what it answered is not
    assert other in workers.have_answered()
