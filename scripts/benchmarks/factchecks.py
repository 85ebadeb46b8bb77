"""Searching fact-checks by meaning as their number grows: ours beside two vector libraries, on invented vectors."""

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

HELP = "fact-checks searched among 50,000, 200,000 and 1,000,000 invented ones, beside usearch and faiss"
ROOT = Path(__file__).resolve().parents[2]
SIZES = (50_000, 200_000, 1_000_000)
WAYS = ("ours", "usearch", "faiss")
_WIDTH = 384
_QUERIES = 60
_CANDIDATES = 16
_LIBRARIES = {"usearch": "usearch", "faiss": "faiss"}
_PACKAGES = {"usearch": "usearch", "faiss": "faiss-cpu"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="how many (default: %(default)s)")


def run(arguments: argparse.Namespace) -> None:
    """Measure every way at every size in a process of its own, on one thread, and print what was found."""
    missing = [name for name, package in _LIBRARIES.items() if importlib.util.find_spec(package) is None]
    if missing:
        packages = " ".join(_PACKAGES[name] for name in missing)
        print(f"not measured, as not installed: {', '.join(missing)} (pip install {packages})")
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
    queries = random.normal(size=(_QUERIES, _WIDTH)).astype(np.float32)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    before = _resident()
    started = time.perf_counter()
    search = _SEARCHES[way](size, random)
    build_seconds = time.perf_counter() - started
    memory = _resident() - before
    search(queries[0])
    milliseconds = []
    for query in queries:
        started = time.perf_counter()
        search(query)
        milliseconds.append(1000 * (time.perf_counter() - started))
    return {"milliseconds": milliseconds, "build_seconds": build_seconds, "memory": memory}


Search = Callable[[NDArray[np.float32]], object]


def _vectors(size: int, random: np.random.Generator) -> NDArray[np.int8]:
    return random.integers(-127, 128, (size, _WIDTH), dtype=np.int8)


def _ours(size: int, random: np.random.Generator) -> Search:
    from fake_news.detection.factchecks.search.claim_vectors import ClaimVectors

    index = ClaimVectors(_vectors(size, random))
    return lambda statement: index.nearest(statement[None], _CANDIDATES)


def _usearch(size: int, random: np.random.Generator) -> Search:
    """An exact search of the same vectors in int8: the graph takes minutes to build."""
    from usearch.index import MetricKind, search

    vectors = _vectors(size, random)

    def find(statement: NDArray[np.float32]) -> object:
        steps = np.rint(statement * 127).astype(np.int8)
        return search(vectors, steps, _CANDIDATES, MetricKind.IP, exact=True, threads=1)

    return find


def _faiss(size: int, random: np.random.Generator) -> Search:
    """The exact search of a vector engine that an organisation might put in the place of ours."""
    import faiss

    index = faiss.IndexFlatIP(_WIDTH)
    index.add(_vectors(size, random).astype(np.float32))
    return lambda statement: index.search(statement[None], _CANDIDATES)


_SEARCHES = {"ours": _ours, "usearch": _usearch, "faiss": _faiss}


def _resident() -> float:
    """Memory that this process holds, in MB; not a number where it cannot be told."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return float("nan")
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(_measure(sys.argv[1], int(sys.argv[2]))))
