"""The real server in its own process, for as long as a measurement lasts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def running_server(port: int = 0) -> Iterator[str]:
    """Start the server with the shipped checkpoint, on a free port unless told which; the value is its address."""
    command = [sys.executable, "-m", "server", "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        announcement = process.stdout.readline()
        address = next((word for word in announcement.split() if word.startswith("http://")), None)
        if address is None:
            process.wait()
            raise SystemExit("The server did not start; what it said stands above.")
        try:
            yield address
        finally:
            process.terminate()
