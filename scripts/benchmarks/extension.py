"""All figures of docs/extension.md except memory: selection in both browsers, a long page, an idle one."""

from __future__ import annotations

import argparse

from benchmarks import idle, scan, selection
from tests.extension.browsers import BROWSERS

HELP = "all figures of docs/extension.md"
HAND_MS = 250  # a quick hand, for a sentence


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of this benchmark."""
    runs = "selections in each browser, cold and warm (default: %(default)s)"
    parser.add_argument("--runs", type=int, default=60, help=runs)
    scan.add_arguments(parser)
    idle.add_arguments(parser)


def run(arguments: argparse.Namespace) -> None:
    """Run them one after the other."""
    for browser in BROWSERS:
        for is_cold, drawing_ms in ((False, 0), (True, 0), (True, HAND_MS)):
            chosen = {"browser": browser, "runs": arguments.runs, "cold": is_cold, "drawing_ms": drawing_ms}
            selection.run(argparse.Namespace(**chosen))
    scan.run(arguments)
    idle.run(arguments)
