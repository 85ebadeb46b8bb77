"""Every figure of docs/extension.md: selection in both browsers, a long page, an idle one."""

from __future__ import annotations

import argparse

from benchmarks import idle, scan, selection
from tests.extension.browsers import BROWSERS

HELP = "all figures of docs/extension.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What can be chosen."""
    parser.add_argument("--runs", type=int, default=60, help="selections in each browser (default: %(default)s)")
    scan.add_arguments(parser)
    idle.add_arguments(parser)


def run(arguments: argparse.Namespace) -> None:
    """Run them one after the other."""
    for browser in BROWSERS:
        selection.run(argparse.Namespace(browser=browser, runs=arguments.runs))
    scan.run(arguments)
    idle.run(arguments)
