"""Searching fact-checks as their number grows: ours beside a BM25 library and a vector library, on invented claims."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.engine import ONE_THREAD
from benchmarks.percentiles import summary

HELP = "fact-checks searched among 34,000, 100,000 and 1,000,000 invented ones, beside bm25s and usearch"
ROOT = Path(__file__).resolve().parents[2]
SIZES = (34_000, 100_000, 1_000_000)
WAYS = ("candidates", "match", "bm25s", "usearch")
_VOCABULARY = 60_000
_TERMS_A_CLAIM = 13
_ZIPF_OFFSET = 30.0  # words of claims are spread like this once stop words are gone
_QUERIES = 60
_CANDIDATES = 12
_LIBRARIES = {"bm25s": "bm25s", "usearch": "usearch"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="how many (default: %(default)s)")


def run(arguments: argparse.Namespace) -> None:
    """Measure every way at every size in a process of its own, on one thread, and print what was found."""
    missing = [name for name, package in _LIBRARIES.items() if importlib.util.find_spec(package) is None]
    if missing:
        print(f"not measured, as not installed: {', '.join(missing)} (pip install {' '.join(missing)})")
    for size in arguments.sizes:
        for way in WAYS:
            if way not in missing:
                found = _in_fresh_process(way, size)
                print(
                    f"{size:>9,} {way:<11} {summary(found['milliseconds'])}; "
                    f"built in {found['build_seconds']:.1f} s, {found['memory']:.0f} MB more"
                )


def _in_fresh_process(way: str, size: int) -> dict[str, Any]:
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "scripts")])}
    command = [sys.executable, "-m", "benchmarks.factchecks", way, str(size)]
    finished = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


def _measure(way: str, size: int) -> dict[str, Any]:
    random = np.random.default_rng(0)
    weights = 1.0 / (np.arange(_VOCABULARY) + _ZIPF_OFFSET)
    cumulative = np.cumsum(weights / weights.sum())
    claims = np.searchsorted(cumulative, random.random((size, _TERMS_A_CLAIM))).clip(max=_VOCABULARY - 1)
    # A statement shares half of its words with one of the claims.
    kept = random.random((_QUERIES, _TERMS_A_CLAIM)) < 0.5
    fresh = np.searchsorted(cumulative, random.random((_QUERIES, _TERMS_A_CLAIM))).clip(max=_VOCABULARY - 1)
    queries = np.where(kept, claims[random.integers(0, size, _QUERIES)], fresh)
    before = _resident()
    started = time.perf_counter()
    search = _SEARCHES[way](claims, random)
    build_seconds = time.perf_counter() - started
    memory = _resident() - before
    search(queries[0])
    milliseconds = []
    for query in queries:
        started = time.perf_counter()
        search(query)
        milliseconds.append(1000 * (time.perf_counter() - started))
    return {"milliseconds": milliseconds, "build_seconds": build_seconds, "memory": memory}


Search = Callable[[NDArray[np.int64]], object]


def _words() -> list[str]:
    """Words that no stemmer changes and that never occur."""
    return [f"zq{number:x}xo" for number in range(_VOCABULARY)]


def _library(claims: NDArray[np.int64]) -> Any:
    from fake_news.checkpoint import current_checkpoint, read_checkpoint
    from fake_news.factchecks.columns import ClaimColumns, Column
    from fake_news.factchecks.fact_check import FactCheck
    from fake_news.factchecks.files import ShippedFactChecks
    from fake_news.factchecks.matcher import Library
    from fake_news.factchecks.rulings import Rulings
    from fake_news.factchecks.term_table import TermTable
    from fake_news.factchecks.terms import term_of

    shipped = ShippedFactChecks.read(read_checkpoint(current_checkpoint()))
    if shipped is None:
        raise SystemExit("The current checkpoint has no fact-checks.")
    terms = np.array([term_of(word) for word in _words()], dtype=np.uint32)
    size = len(claims)
    frequency = np.bincount(claims.ravel(), minlength=_VOCABULARY)
    order = np.argsort(terms)
    width = shipped.table.dimensions
    vectors = np.random.default_rng(0).integers(-127, 128, (_VOCABULARY, width)).astype(np.int8)
    table = TermTable(
        terms[order],
        np.log(1 + (size - frequency + 0.5) / (frequency + 0.5)).astype(np.float32)[order],
        vectors,
        np.ones(_VOCABULARY, dtype=np.float32),
        np.zeros(_VOCABULARY, dtype=bool),
    )
    nothing = Column(np.zeros(size + 1, dtype=np.int64), np.empty(0))
    columns = ClaimColumns(
        Column(np.arange(0, size * _TERMS_A_CLAIM + 1, _TERMS_A_CLAIM), np.sort(terms[claims], axis=1).ravel()),
        np.zeros(claims.size, dtype=np.uint8),
        nothing,
        np.empty(0, dtype=np.uint8),
        nothing,
        np.zeros(size, dtype=np.uint8),
        np.zeros(size, dtype=np.uint8),
    )
    fact_check = FactCheck("P", "False", None, "", "", "2021-01-01", "https://facts.example/")
    return Library.of(columns, Rulings.of([fact_check] * size), table), table, shipped.model


def _candidates(claims: NDArray[np.int64], random: np.random.Generator) -> Search:
    del random
    from fake_news.factchecks.profile import statement_profile
    from fake_news.factchecks.statement import Statement

    library, table, _ = _library(claims)
    words = _words()

    def search(query: NDArray[np.int64]) -> object:
        statement = Statement.of(statement_profile(" ".join(words[word] for word in query)), table)
        return library.index.candidates(statement, _CANDIDATES)

    return search


def _match(claims: NDArray[np.int64], random: np.random.Generator) -> Search:
    del random
    from fake_news.factchecks.matcher import Matcher

    library, table, model = _library(claims)
    matcher = Matcher(table, model, [library])
    words = _words()
    return lambda query: matcher.match(" ".join(words[word] for word in query))


def _bm25s(claims: NDArray[np.int64], random: np.random.Generator) -> Search:
    del random
    import bm25s

    words = _words()
    retriever = bm25s.BM25()
    retriever.index([[words[word] for word in claim] for claim in claims], show_progress=False)
    return lambda query: retriever.retrieve([[words[word] for word in query]], k=_CANDIDATES, show_progress=False)


def _usearch(claims: NDArray[np.int64], random: np.random.Generator) -> Search:
    """An exact search of vectors of the same width as ours, in int8: the graph takes minutes to build."""
    from usearch.index import MetricKind, search

    vectors = random.integers(-127, 128, (len(claims), 256), dtype=np.int8)
    return lambda query: search(
        vectors, vectors[int(query[0]) % len(vectors)], _CANDIDATES, MetricKind.IP, exact=True, threads=1
    )


_SEARCHES = {"candidates": _candidates, "match": _match, "bm25s": _bm25s, "usearch": _usearch}


def _resident() -> float:
    """Memory that this process holds, in MB; not a number where it cannot be told."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return float("nan")
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], int(sys.argv[2]))))
