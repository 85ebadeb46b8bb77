"""A server that is killed at any moment: what it acknowledged is there, and the database opens.

The long form: PLUMBLINE_KILLS=200 python -m pytest --log-cli-level=info tests/fake_news/database/test_crash.py
"""

from __future__ import annotations

import http.client
import json
import logging
import os
import random
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from queue import Queue

import pytest

from fake_news.database.opening import FILE_NAME
from tests.conftest import RunningServer
from tests.server.conftest import Client

logger = logging.getLogger(__name__)

KILLS = int(os.environ.get("PLUMBLINE_KILLS", "3"))
WRITERS = 3
MOST_ACKNOWLEDGED = 30


class Writer(threading.Thread):
    """Gives feedback without a pause until the server is gone; ``acknowledged`` collects what it was told is stored."""

    def __init__(self, port: int, name: str, acknowledged: Queue[str]) -> None:
        super().__init__(name=name)
        self.port = port
        self.acknowledged = acknowledged

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        number = 0
        try:
            while True:
                number += 1
                statement = f"{self.name}, feedback {number}"
                body = json.dumps({"statement": statement, "label": "unsure", "correction": "true"})
                connection.request("POST", "/api/v1/feedback", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                response.read()
                if response.status == 201:
                    self.acknowledged.put(statement)
        except (OSError, http.client.HTTPException):
            pass  # killed
        finally:
            connection.close()


def write_until_killed(server: RunningServer, attempt: int, chance: random.Random) -> list[str]:
    """Kill the server after a random number of acknowledgements, while others are on their way."""
    acknowledged: Queue[str] = Queue()
    writers = [Writer(server.port, f"attempt {attempt}, writer {i}", acknowledged) for i in range(WRITERS)]
    for writer in writers:
        writer.start()
    first = [acknowledged.get(timeout=60) for _ in range(chance.randint(1, MOST_ACKNOWLEDGED))]
    server.process.kill()
    server.process.wait()
    for writer in writers:
        writer.join()
    return first + [acknowledged.get_nowait() for _ in range(acknowledged.qsize())]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_acknowledged_feedback_outlives_a_kill(start_server: Callable[..., RunningServer], tmp_path: Path) -> None:
    folder = tmp_path / "data"
    chance = random.Random(8642)
    acknowledged: list[str] = []
    for attempt in range(KILLS):
        server = start_server("--data-folder", str(folder))
        acknowledged += write_until_killed(server, attempt, chance)

    server = start_server("--data-folder", str(folder))
    export = Client(server.port).ask("GET", "/api/v1/feedback/export?format=json").json()
    stored = [feedback["statement"] for feedback in export["feedback"]]
    assert set(acknowledged) <= set(stored)
    assert len(set(stored)) == len(stored)
    assert len(stored) <= len(acknowledged) + KILLS * WRITERS  # beyond that only what was under way
    assert not list(folder.glob("*.damaged-*"))
    with sqlite3.connect(folder / FILE_NAME) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    database.close()
    logger.info("%d kills, %d acknowledged, %d stored", KILLS, len(acknowledged), len(stored))
