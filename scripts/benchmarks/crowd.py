"""Many clients at once, each sending its next request after each answer: does each get an answer or a time to retry?"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from benchmarks.percentiles import summary
from benchmarks.server_process import ROOT
from benchmarks.statements import endless_sentences

HELP = "many clients at once, at one process or at gunicorn's workers: no connection may end without an answer"
HEALTH_SECONDS = 0.1
PATIENCE_SECONDS = 90.0
LONGEST_PAUSE = 2.0
_LISTENING = re.compile(r"(?:Listening at:|listening on) http://127\.0\.0\.1:(\d+)")


@dataclass
class Outcome:
    """What became of one kind of request: statuses, or ``closed``, and how long the answers took."""

    counts: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    without_retry_after: int = 0


@dataclass(frozen=True)
class StartedServer:
    """A server that listens."""

    port: int
    token: str
    log: Path


@contextmanager
def server(workers: int, root: Path) -> Iterator[StartedServer]:
    """``python -m server`` where there are no workers, else gunicorn as the image starts it."""
    token = secrets.token_urlsafe(32)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        command = [sys.executable, "-m", "server", "--port", "0", "--rate-limit", "1000000", "--require-token"]
        if workers:
            configuration = str(root / "deploy" / "gunicorn.conf.py")
            command = [sys.executable, "-m", "gunicorn", "--config", configuration, "--bind", "127.0.0.1:0"]
            command.append("server.wsgi:create_from_environment()")
        environment = {
            **os.environ,
            "OPENBLAS_NUM_THREADS": "1",
            "PLUMBLINE_HOME": folder,
            "PLUMBLINE_TOKEN": token,
            "PLUMBLINE_RATE_LIMIT": "1000000",
            "PLUMBLINE_WORKERS": str(workers),
        }
        with log.open("w", encoding="utf-8") as output:
            process = subprocess.Popen(command, cwd=root, env=environment, stdout=output, stderr=output)
        try:
            yield StartedServer(_port(process, log), token, log)
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE_SECONDS)


def _port(process: subprocess.Popen[bytes], log: Path) -> int:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := _LISTENING.search(log.read_text(encoding="utf-8")):
            return int(found[1])
        time.sleep(0.05)
    process.kill()
    raise SystemExit(f"The server did not start: {log.read_text(encoding='utf-8')}")


class Crowd:
    """Clients that ask one server.

    Parameters
    ----------
    started : the server
    sentences : how many a request
    """

    def __init__(self, started: StartedServer, sentences: int) -> None:
        self._started = started
        self._sentences = sentences
        self.checks, self.health = Outcome(), Outcome()

    async def run(self, clients: int, seconds: float) -> None:
        """Let them ask for so long, and wait for the last answers."""
        self._end = time.monotonic() + seconds
        await asyncio.gather(self._watch(), *(self._client(number) for number in range(clients)))

    async def _client(self, number: int) -> None:
        sentences = endless_sentences(number)
        while time.monotonic() < self._end:
            text = " ".join(islice(sentences, self._sentences))
            body = json.dumps({"blocks": [{"id": "b", "text": text}]}).encode()
            pause = await self._ask(self.checks, b"POST /api/v1/check", body)
            await asyncio.sleep(pause)

    async def _watch(self) -> None:
        while time.monotonic() < self._end:
            await self._ask(self.health, b"GET /api/v1/health", b"")
            await asyncio.sleep(HEALTH_SECONDS)

    async def _ask(self, outcome: Outcome, line: bytes, body: bytes) -> float:
        """Ask on a connection of its own; return for how long the server says to stay away."""
        began = time.perf_counter()
        try:
            head = await asyncio.wait_for(self._exchange(line, body), PATIENCE_SECONDS)
        except (OSError, EOFError, TimeoutError) as error:
            outcome.counts[f"no answer: {type(error).__name__}"] += 1
            return 0.0
        status = head.split(maxsplit=2)[1].decode()
        outcome.counts[status] += 1
        if status == "200":
            outcome.milliseconds.append(1000 * (time.perf_counter() - began))
        retry = re.search(rb"\r\nRetry-After: (\d+)", head, re.IGNORECASE)
        outcome.without_retry_after += status == "503" and retry is None
        return min(float(retry[1]), LONGEST_PAUSE) if retry else 0.0

    async def _exchange(self, line: bytes, body: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._started.port)
        try:
            headers = b"Host: 127.0.0.1\r\nContent-Type: application/json\r\nConnection: close\r\n"
            token = self._started.token.encode()
            length = b"Content-Length: %d\r\nAuthorization: Bearer %s\r\n\r\n" % (len(body), token)
            writer.write(line + b" HTTP/1.1\r\n" + headers + length + body)
            await writer.drain()
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.read()
            return head
        finally:
            writer.close()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--clients", type=int, default=200, help="how many ask at once (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=60, help="for how long (default: %(default)s)")
    parser.add_argument("--sentences", type=int, default=5, help="in one request (default: %(default)s)")
    parser.add_argument(
        "--workers", type=int, default=0, help="gunicorn's; 0 is `python -m server` (default: %(default)s)"
    )
    parser.add_argument("--root", type=Path, default=ROOT, help="ask the server of another checkout")


def run(arguments: argparse.Namespace) -> None:
    """Let a crowd ask a fresh server; connections without an answer end the program with an error."""
    with server(arguments.workers, arguments.root) as started:
        crowd = Crowd(started, arguments.sentences)
        asyncio.run(crowd.run(arguments.clients, arguments.seconds))
        tracebacks = started.log.read_text(encoding="utf-8").count("Traceback")
    print(f"{arguments.clients} clients for {arguments.seconds:g} s, {arguments.sentences} sentences a request")
    for name, outcome in (("checks", crowd.checks), ("health", crowd.health)):
        print(f"{name}: " + ", ".join(f"{count} × {what}" for what, count in outcome.counts.most_common()))
        if outcome.milliseconds:
            print(f"  answered with 200 after {summary(outcome.milliseconds)}")
    right = crowd.checks.counts["200"] * arguments.sentences / arguments.seconds
    print(f"{right:.0f} statements a second; {tracebacks} tracebacks in the log")
    wrong = sum(n for what, n in crowd.checks.counts.items() if what not in ("200", "503"))
    wrong += sum(n for what, n in crowd.health.counts.items() if what != "200")
    if wrong or tracebacks or crowd.checks.without_retry_after:
        raise SystemExit(f"{wrong} requests had no right answer, {crowd.checks.without_retry_after} no Retry-After.")
    print("Every connection had its answer.")
