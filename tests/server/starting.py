"""Servers that are started in other ways than most, and waiting for what a server has to say."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import ANNOUNCEMENT, ROOT, RunningServer
from tests.server.conftest import Client

_SECONDS = 60


@contextmanager
def started(folder: Path, *command: str) -> Iterator[Client]:
    """Run a command that starts a server; its data folder is ``folder``."""
    all_of_it = [*command, "--port", "0", "--data-folder", str(folder)]
    with subprocess.Popen(all_of_it, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().removeprefix(ANNOUNCEMENT).split()[0]
            yield Client(int(address.rpartition(":")[2]))
        finally:
            process.terminate()


def wait_for_log(server: RunningServer, words: str) -> str:
    """The log, as soon as it says something."""
    deadline = time.monotonic() + _SECONDS
    while words not in (log := server.log.read_text(encoding="utf-8")):
        assert time.monotonic() < deadline, log
        assert server.process.poll() is None, log
    return log


def wait_until(condition: Callable[[], bool]) -> None:
    """Return as soon as something is so."""
    deadline = time.monotonic() + _SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
