"""The two servers that are compared, Plumbline and the comparator, each started and queried in its own way."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.comparator.setup import Comparator
from benchmarks.server_process import announced_address

SENTENCES_A_BLOCK = 4
PATIENCE_S = 60


class Connection:
    """One kept-alive connection, as a browser has."""

    def __init__(self, port: int) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)

    def post(self, path: str, document: Any) -> Any:
        """Send a document and wait for the answer, which must be a 200."""
        self._http.request("POST", path, json.dumps(document).encode(), {"Content-Type": "application/json"})
        response = self._http.getresponse()
        body = response.read()
        if response.status != http.client.OK:
            raise SystemExit(f"POST {path} was answered with {response.status}: {body[:300].decode()}")
        return json.loads(body)

    def close(self) -> None:
        """Hang up."""
        self._http.close()


@dataclass(frozen=True)
class Running:
    """A server that has given its first verdict."""

    port: int
    pid: int
    first_verdict_ms: float


class Subject(ABC):
    """A server to measure; ``ways`` are the ways to have a page judged, each with its words for the report."""

    name: str

    @abstractmethod
    def start(self, home: Path) -> tuple[subprocess.Popen[str], int]:
        """Start a fresh process; return it and its port, on which it may not listen yet."""

    @abstractmethod
    def judge(self, connection: Connection, sentences: Sequence[str]) -> None:
        """Have sentences of one page judged as this server's clients do."""

    @contextmanager
    def running(self) -> Iterator[Running]:
        """Run a fresh process, from its start to its first verdict and to the end of the measurement."""
        with tempfile.TemporaryDirectory() as home:
            started = time.perf_counter()
            process, port = self.start(Path(home))
            try:
                _wait_until_listening(process, port)
                connection = Connection(port)
                self.judge(connection, ["Taxes rose by 4 percent in 2020."])
                first_verdict = 1000 * (time.perf_counter() - started)
                connection.close()
                yield Running(port, process.pid, first_verdict)
            finally:
                process.terminate()
                process.wait(timeout=PATIENCE_S)


class Plumbline(Subject):
    """The server of a checkout of this repository."""

    name = "Plumbline"

    def __init__(self, root: Path, arguments: Sequence[str]) -> None:
        self.root = root
        self.arguments = arguments

    def start(self, home: Path) -> tuple[subprocess.Popen[str], int]:
        command = [sys.executable, "-m", "server", "--port", "0", "--log-level", "warning", *self.arguments]
        environment = {**os.environ, "PLUMBLINE_HOME": str(home)}
        process = subprocess.Popen(
            command, cwd=self.root, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        port = urlsplit(announced_address(process)).port
        assert port is not None
        return process, port

    def judge(self, connection: Connection, sentences: Sequence[str]) -> None:
        """Send one request with blocks of a few sentences each, as the extension sends a page."""
        paragraphs = [sentences[i : i + SENTENCES_A_BLOCK] for i in range(0, len(sentences), SENTENCES_A_BLOCK)]
        blocks = [{"id": f"b{i}", "text": " ".join(paragraph)} for i, paragraph in enumerate(paragraphs)]
        answer = connection.post("/api/v1/check", {"blocks": blocks})
        found = sum(len(block["statements"]) for block in answer["blocks"])
        assert found == len(sentences), f"{found} statements found in {len(sentences)} sentences"


class Forest(Subject):
    """The comparator, asked as its kind is: one statement a request."""

    name = "comparator, one statement a request"

    def __init__(self, comparator: Comparator) -> None:
        self.comparator = comparator

    def start(self, home: Path) -> tuple[subprocess.Popen[str], int]:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = int(free.getsockname()[1])
        application = Path(__file__).parent / "comparator"
        options = ["app:app", "--port", str(port), "--log-level", "warning"]
        command: list[str | Path] = [self.comparator.python, "-m", "uvicorn", *options]
        environment = {**os.environ, "PLUMBLINE_COMPARATOR_MODEL": str(self.comparator.model), "HOME": str(home)}
        return subprocess.Popen(command, cwd=application, env=environment, text=True), port

    def judge(self, connection: Connection, sentences: Sequence[str]) -> None:
        for sentence in sentences:
            connection.post("/predict", {"text": sentence})


class ForestOnPages(Forest):
    """The comparator with a route that its kind lacks: a whole page at once."""

    name = "comparator, given a page a request"

    def judge(self, connection: Connection, sentences: Sequence[str]) -> None:
        connection.post("/predict-page", {"texts": list(sentences)})


def _wait_until_listening(process: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("The server did not start; its output is above.") from None
            time.sleep(0.002)
