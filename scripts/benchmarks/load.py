"""A steady mixture of legitimate and hostile requests: are the legitimate ones answered, and does memory stay flat?"""

from __future__ import annotations

import argparse
import http.client
import random
import threading
import time
from collections import Counter
from pathlib import Path

from benchmarks import process_usage
from benchmarks.compared_servers import Plumbline, Running
from benchmarks.load_requests import HONEST, HOSTILE, Kind, Sender
from benchmarks.percentiles import summary
from benchmarks.server_process import ROOT

HELP = "a steady mixture of honest and hostile requests, with every answer judged and memory watched"
HOSTILE_SHARE = 0.4
SENDERS = 24
MEMORY_SAMPLES = 20
MOST_GROWTH_MB = 64  # after the first third: the verdict cache's bound, and some air


class Load:
    """Sends requests at their appointed times, whether the earlier ones are answered or not.

    Parameters
    ----------
    running
        The server.
    seconds, rate
        For how long, and how many requests a second.
    """

    def __init__(self, running: Running, seconds: float, rate: float) -> None:
        self.running = running
        self.seconds = seconds
        self.rate = rate
        self.durations: dict[str, list[float]] = {kind.name: [] for kind in (*HONEST, *HOSTILE)}
        self.wrong: Counter[str] = Counter()
        self.late_seconds = 0.0
        self.memory: list[float] = []
        self._chance = random.Random(8642)
        self._lock = threading.Lock()
        self._next = 0
        self._begin = 0.0

    def run(self) -> None:
        """Send everything and wait for the last answer."""
        self._begin = time.perf_counter()
        senders = [threading.Thread(target=self._send_until_the_end, args=(number,)) for number in range(SENDERS)]
        for sender in senders:
            sender.start()
        for sample in range(1, MEMORY_SAMPLES + 1):
            time.sleep(max(0.0, self._begin + sample * self.seconds / MEMORY_SAMPLES - time.perf_counter()))
            if process_usage.CAN_MEASURE:
                self.memory.append(process_usage.memory_megabytes(self.running.pid, "VmRSS"))
        for sender in senders:
            sender.join()

    def _send_until_the_end(self, stream: int) -> None:
        sender = Sender(self.running.port, stream)
        while (task := self._take()) is not None:
            kind, due = task
            time.sleep(max(0.0, due - time.perf_counter()))
            before = time.perf_counter()
            try:
                status = kind.send(sender)
                wrong = None if status in kind.expected else f"{kind.name} was answered with {status}"
            except (OSError, http.client.HTTPException) as error:
                wrong = f"{kind.name}: {type(error).__name__}"
                sender.reconnect()
            with self._lock:
                self.late_seconds = max(self.late_seconds, before - due)
                self.durations[kind.name].append(1000 * (time.perf_counter() - before))
                if wrong:
                    self.wrong[wrong] += 1
        sender.close()

    def _take(self) -> tuple[Kind, float] | None:
        with self._lock:
            if self._next >= self.seconds * self.rate:
                return None
            due = self._begin + self._next / self.rate
            self._next += 1
            kinds = HOSTILE if self._chance.random() < HOSTILE_SHARE else HONEST
            return self._chance.choices(kinds, [kind.weight for kind in kinds])[0], due


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--seconds", type=float, default=600, help="for how long (default: %(default)s)")
    parser.add_argument("--rate", type=float, default=50, help="requests a second (default: %(default)s)")
    parser.add_argument("--root", type=Path, default=ROOT, help="load the server of another checkout")


def run(arguments: argparse.Namespace) -> None:
    """Load a fresh server and print what became of the requests; wrong answers end the program with an error."""
    with Plumbline(arguments.root, []).running() as running:
        load = Load(running, arguments.seconds, arguments.rate)
        load.run()
    sent = sum(map(len, load.durations.values()))
    print(f"{sent} requests in {arguments.seconds:g} s, the latest {1000 * load.late_seconds:.0f} ms after its time")
    for kinds, word in ((HONEST, "honest"), (HOSTILE, "hostile")):
        print(word)
        for kind in kinds:
            if load.durations[kind.name]:
                print(f"  {kind.name}: {summary(load.durations[kind.name])}")
    growth = 0.0
    if load.memory:
        settled = load.memory[MEMORY_SAMPLES // 3]
        growth = load.memory[-1] - settled
        print("memory, MB:", " ".join(f"{megabytes:.0f}" for megabytes in load.memory))
        print(f"memory, grown after the first third: {growth:.1f} MB")
    for what, count in load.wrong.most_common():
        print(f"WRONG, {count} times: {what}")
    if load.wrong or growth > MOST_GROWTH_MB:
        raise SystemExit("The server failed under load: see above.")
    print(f"Every one of {sent} answers was right.")
