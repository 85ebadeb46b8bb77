"""What an answer costs, stage by stage, and what judging many statements together saves. In this process, no socket.

Each stage is timed as a whole, by the processor time of this thread, and the one before it taken off: a profiler would
make some code slower than other code.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.statements import endless_sentences

HELP = "processor time of an answer, stage by stage, and what batching saves"
SENTENCES_A_PAGE = 200
SENTENCES_A_BLOCK = 4
BATCHES = (1, 4, 16, 64)

Blocks = list[tuple[str, str]]
Stage = Callable[[Blocks], Callable[[], object]]
"""Gets ready what is not timed, such as the request that a client makes, and returns what is."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--statements", type=int, default=400, help="single statements (default: %(default)s)")
    parser.add_argument("--pages", type=int, default=20, help="pages (default: %(default)s)")


def run(arguments: argparse.Namespace) -> None:
    """Measure and print."""
    from fake_news.detection.answer import statements
    from server.app import create_app
    from server.configuration import Configuration
    from server.service import Service

    with tempfile.TemporaryDirectory() as home:
        service = Service(Configuration(data_folder=Path(home), requests_per_second=1e9))
        app = create_app(service)
        sentences = endless_sentences()

        def engine(blocks: Blocks) -> Callable[[], object]:
            return lambda: statements(service.champion, [text for _, text in blocks])

        def judge(blocks: Blocks) -> Callable[[], object]:
            return lambda: service.checker.answer(blocks, time.monotonic() + 60)

        def application(blocks: Blocks) -> Callable[[], object]:
            environ = _request(blocks)
            return lambda: _answer(app, environ)

        def pages(count: int, size: int, a_block: int = SENTENCES_A_BLOCK) -> list[Blocks]:
            return [_page(sentences, size, a_block) for _ in range(count)]

        application(_page(sentences, SENTENCES_A_PAGE, SENTENCES_A_BLOCK))()  # what is imported and remembered once
        print("ms of processor time a request, median: the engine; around it; all")
        for what, count, size in (
            ("one statement", arguments.statements, 1),
            (f"page of {SENTENCES_A_PAGE}, cold", arguments.pages, SENTENCES_A_PAGE),
        ):
            _print_stages(what, *_time((engine, judge, application), partial(_one, pages, size), count))
        [again] = pages(1, SENTENCES_A_PAGE)
        judge(again)()
        remembered = _time((judge, application), lambda: again, arguments.pages)
        _print_stages(f"page of {SENTENCES_A_PAGE}, again", 0.0, *remembered)
        print("ms of processor time a statement, median, by how many are judged together")
        for size in BATCHES:
            count = max(1, arguments.statements // size)
            in_engine, in_all = _time((engine, application), partial(_one, pages, size, 1), count)
            print(f"  {size}: engine {in_engine / size:.3f}, whole request {in_all / size:.3f} (n = {count})")
        service.stop()


def _print_stages(what: str, engine: float, judge: float, application: float) -> None:
    parts = {
        "engine": engine,
        "cache, counting, wording": judge - engine,
        "Flask, access, validation": application - judge,
    }
    shares = ", ".join(f"{name} {part:.2f} ({part / application:.0%})" for name, part in parts.items())
    print(f"  {what}: {shares}; all {application:.2f}")


def _time(stages: Sequence[Stage], next_page: Callable[[], Blocks], count: int) -> list[float]:
    """Milliseconds of each stage, taken in turns, so that what slows the machine down slows down all of them."""
    durations: list[list[float]] = [[] for _ in stages]
    for _ in range(count):
        for stage, own in zip(stages, durations, strict=True):
            timed = stage(next_page())
            before = time.thread_time()
            timed()
            own.append(1000 * (time.thread_time() - before))
    return [median(own) for own in durations]


def _one(pages: Callable[..., list[Blocks]], size: int, a_block: int = SENTENCES_A_BLOCK) -> Blocks:
    """Return the next page of a source of pages."""
    [page] = pages(1, size, a_block)
    return page


def _page(sentences: Iterator[str], size: int, a_block: int) -> Blocks:
    page = list(islice(sentences, size))
    return [(f"b{at}", " ".join(page[at : at + a_block])) for at in range(0, size, a_block)]


def _request(blocks: Blocks) -> dict[str, Any]:
    """Make a request as a WSGI server passes it on."""
    body = json.dumps({"blocks": [{"id": identifier, "text": text} for identifier, text in blocks]}).encode()
    return {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/api/v1/check",
        "QUERY_STRING": "",
        "REQUEST_URI": "/api/v1/check",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8642",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8642",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _answer(app: Callable[..., Any], environ: dict[str, Any]) -> None:
    statuses: list[str] = []
    body = b"".join(app(environ, lambda status, *_: statuses.append(status)))
    assert statuses == ["200 OK"], body[:300].decode()
