"""The server over HTTP, each time in a fresh process, and next to it the kind of server that similar projects build."""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks import process_usage
from benchmarks.comparator import setup as comparator
from benchmarks.compared_servers import Connection, Forest, ForestOnPages, Plumbline, Running, Subject
from benchmarks.percentiles import summary
from benchmarks.server_process import ROOT
from benchmarks.statements import endless_sentences

HELP = "the server over HTTP beside a comparator: one statement, a page, 16 clients"
SENTENCES_A_PAGE = 200
CLIENTS = 16
SETTLING_S = 2.0
"""After the first verdict: what a server prepares in the background is not part of what a statement costs."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--starts", type=int, default=5, help="how many fresh processes (default: %(default)s)")
    parser.add_argument("--statements", type=int, default=300, help="single statements (default: %(default)s)")
    parser.add_argument("--pages", type=int, default=20, help="pages, cold and cached (default: %(default)s)")
    parser.add_argument("--seconds", type=float, default=10, help="of concurrent load (default: %(default)s)")
    parser.add_argument("--without-comparator", action="store_true", help="measure Plumbline alone")
    parser.add_argument("--root", type=Path, default=ROOT, help="measure the server of another checkout")
    parser.add_argument(
        "--server-argument", action="append", default=[], help="handed on to `python -m server`; may be repeated"
    )


def run(arguments: argparse.Namespace) -> None:
    """Measure one server after the other and print what was found."""
    # sixteen clients at one address ask more often than one may
    subjects: list[Subject] = [Plumbline(arguments.root, ["--rate-limit", "1000000", *arguments.server_argument])]
    if not arguments.without_comparator:
        ready = comparator.make_ready()
        subjects += [Forest(ready), ForestOnPages(ready)]
    for subject in subjects:
        print(f"\n{subject.name}")
        _measure(subject, arguments)


def _measure(subject: Subject, arguments: argparse.Namespace) -> None:
    sentences = endless_sentences()
    starts = []
    for _ in range(arguments.starts - 1):
        with subject.running() as server:
            starts.append(server.first_verdict_ms)
    with subject.running() as server:
        starts.append(server.first_verdict_ms)
        _line("start to first verdict", starts)
        connection = Connection(server.port)
        time.sleep(SETTLING_S)

        singles = [[next(sentences)] for _ in range(arguments.statements)]
        _time_tasks("one statement", server, singles, lambda one: subject.judge(connection, one))

        pages = [_page(sentences) for _ in range(arguments.pages)]
        _time_tasks(f"page of {SENTENCES_A_PAGE}, cold", server, pages, lambda page: subject.judge(connection, page))
        again = [pages[-1]] * arguments.pages
        _time_tasks(f"page of {SENTENCES_A_PAGE}, again", server, again, lambda page: subject.judge(connection, page))
        connection.close()

        _time_clients("one statement", subject, server, arguments.seconds, 1, first_stream=1)
        _time_clients("pages", subject, server, arguments.seconds, SENTENCES_A_PAGE, first_stream=1 + CLIENTS)
        if process_usage.CAN_MEASURE:
            print(f"  memory, peak: {process_usage.memory_megabytes(server.pid):.0f} MB")


def _page(sentences: Iterator[str]) -> list[str]:
    return list(islice(sentences, SENTENCES_A_PAGE))


def _time_tasks(
    what: str, server: Running, tasks: Sequence[Sequence[str]], judge: Callable[[Sequence[str]], None]
) -> None:
    processor_before, before = _processor_seconds(server), time.perf_counter()
    durations = [_milliseconds(judge, task) for task in tasks]
    elapsed = time.perf_counter() - before
    statements = sum(map(len, tasks))
    _line(what, durations, statements / elapsed, (_processor_seconds(server) - processor_before) / statements)


def _time_clients(
    what: str, subject: Subject, server: Running, seconds: float, sentences_a_task: int, first_stream: int
) -> None:
    """Clients that each send the next task as soon as the last one is answered."""
    durations: list[float] = []
    deadline = time.perf_counter() + seconds

    def client(stream: int) -> None:
        connection = Connection(server.port)
        own = endless_sentences(stream)
        while time.perf_counter() < deadline:
            task = list(islice(own, sentences_a_task))
            durations.append(_milliseconds(lambda one: subject.judge(connection, one), task))
        connection.close()

    processor_before, before = _processor_seconds(server), time.perf_counter()
    clients = [threading.Thread(target=client, args=(first_stream + number,)) for number in range(CLIENTS)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    elapsed = time.perf_counter() - before
    statements = len(durations) * sentences_a_task
    cost = (_processor_seconds(server) - processor_before) / statements
    _line(f"{CLIENTS} clients, {what}", durations, statements / elapsed, cost)


def _processor_seconds(server: Running) -> float:
    return process_usage.processor_seconds(server.pid) if process_usage.CAN_MEASURE else float("nan")


def _milliseconds(judge: Callable[[Sequence[str]], None], task: Sequence[str]) -> float:
    before = time.perf_counter()
    judge(task)
    return 1000 * (time.perf_counter() - before)


def _line(what: str, durations: Sequence[float], statements_a_second: float = 0, processor: float = 0) -> None:
    rest = ""
    if statements_a_second:
        rest = f", {statements_a_second:.0f} statements/s, {1000 * processor:.3f} ms CPU a statement"
    print(f"  {what}: {summary(durations)}{rest}")
