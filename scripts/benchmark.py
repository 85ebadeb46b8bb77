"""Measure Plumbline on this machine: python3 scripts/benchmark.py extension | engine | factchecks | server … [--help]

`extension` runs `selection`, `scan` and `idle`, which can also be run alone.

Each subcommand is a module of scripts/benchmarks/ with a HELP line, `add_arguments` and `run`.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

# The engine and the browsers that the tests drive are packages of the repository root.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from environment import continue_inside

continue_inside()
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the server sets it, before NumPy is imported

from benchmarks import (  # noqa: E402
    crowd,
    engine,
    extension,
    factchecks,
    idle,
    load,
    machine,
    memory,
    rows,
    scan,
    scoring,
    selection,
    server,
    stages,
)

BENCHMARKS = {
    "extension": extension,
    "selection": selection,
    "scan": scan,
    "idle": idle,
    "memory": memory,
    "engine": engine,
    "stages": stages,
    "factchecks": factchecks,
    "server": server,
    "load": load,
    "crowd": crowd,
    "rows": rows,
    "scoring": scoring,
}


def main() -> None:
    """Run the benchmark that was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    subparsers = parser.add_subparsers(dest="benchmark", required=True)
    for name, benchmark in BENCHMARKS.items():
        benchmark.add_arguments(subparsers.add_parser(name, help=benchmark.HELP, description=benchmark.HELP))
    arguments = parser.parse_args()
    print(machine.describe())
    BENCHMARKS[arguments.benchmark].run(arguments)


if __name__ == "__main__":
    main()
