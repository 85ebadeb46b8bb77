"""The engine alone, in a fresh process: start to first verdict, memory, one statement, a page of 200 sentences."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from benchmarks.fresh_process import figures_of
from benchmarks.percentiles import summary
from benchmarks.statements import doubtful_statements, page_of_sentences

HELP = "the engine alone, in a fresh process on one core"
SENTENCES_A_PAGE = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    parser.add_argument("--runs", type=int, default=5, help="how many fresh processes (default: %(default)s)")


def run(arguments: argparse.Namespace) -> None:
    """Measure in fresh processes and print what they found."""
    found = [figures_of("engine", str(time.time())) for _ in range(arguments.runs)]
    print(f"model {found[0]['model']}, one thread")
    print(f"start to first verdict: {summary([one['first_verdict'] for one in found])}")
    print(f"one statement: {summary([duration for one in found for duration in one['statements']])}")
    print(f"page of {SENTENCES_A_PAGE} sentences: {summary([one['page'] for one in found])}")
    memory = [one["memory"] for one in found if one["memory"] is not None]
    print(f"memory, peak: {max(memory):.0f} MB" if memory else "memory: not measured on this system")


def _measure(started: float) -> dict[str, Any]:
    """Measure in the fresh process, from its start by the wall clock that both share; figures in ms and MB."""
    from fake_news.detection.checkpoint_folders import current_checkpoint
    from fake_news.detection.detector import Detector

    first, *statements = doubtful_statements(1 + SENTENCES_A_PAGE)
    detector = Detector.load(current_checkpoint())
    detector.check(first)
    first_verdict = 1000 * (time.time() - started)
    one_by_one = [_milliseconds(detector.check, statement) for statement in statements]
    page = _milliseconds(detector.check_many, page_of_sentences(SENTENCES_A_PAGE))
    return {
        "model": detector.version,
        "first_verdict": first_verdict,
        "statements": one_by_one,
        "page": page,
        "memory": _peak_memory(),
    }


def _milliseconds(check: Any, argument: Any) -> float:
    before = time.perf_counter()
    check(argument)
    return 1000 * (time.perf_counter() - before)


def _peak_memory() -> float | None:
    if sys.platform == "win32":
        return None
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)  # bytes there, kilobytes elsewhere


if __name__ == "__main__":
    print(json.dumps(_measure(float(sys.argv[1]))))
