"""Measure Plumbline on this machine: python3 scripts/benchmark.py extension | engine | factchecks | server … [--help]

`extension` runs `selection`, `scan` and `idle`, which can also be run alone.

Each subcommand is a module of scripts/benchmarks/ with a HELP line, `add_arguments` and `run`.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

# The engine and the browsers that the tests drive are packages of the repository root.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from environment import continue_inside

continue_inside()
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the server sets it, before NumPy is imported

BENCHMARKS = (  # in the order of --help
    "extension selection scan idle memory engine stages vectors encoders factchecks server load crowd rows scoring"
).split()


def main() -> int:
    """Run the benchmark that was asked for."""
    from fake_news import __version__
    from fake_news.common.errors import PlumblineError

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"Plumbline {__version__}")
    parser.add_argument("--data-dir", type=Path, help="the data folder (default: $PLUMBLINE_DATA, else data/raw)")
    subparsers = parser.add_subparsers(dest="benchmark", required=True)
    try:
        benchmarks = {name: import_module(f"benchmarks.{name}") for name in BENCHMARKS}
    except ModuleNotFoundError as error:
        print(
            f"Benchmarks need {error.name}, which is not installed: "
            "pip install -r requirements.txt -r tests/requirements.txt",
            file=sys.stderr,
        )
        return 2
    for name, benchmark in benchmarks.items():
        subparser = subparsers.add_parser(name, help=benchmark.HELP, description=benchmark.HELP)
        subparser.add_argument("--data-dir", type=Path, default=argparse.SUPPRESS, help="as above")
        benchmark.add_arguments(subparser)
    arguments = parser.parse_args()
    if arguments.data_dir:
        os.environ["PLUMBLINE_DATA"] = str(arguments.data_dir)
    from tests.extension.browsers import BrowserMissingError

    print(import_module("benchmarks.machine").describe())
    try:
        benchmarks[arguments.benchmark].run(arguments)
    except (PlumblineError, BrowserMissingError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
