"""``check``: judge the statements of a text."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from fake_news.cli.options import add_checkpoint
from fake_news.cli.terminal import verdict_lines
from fake_news.common.paths import default_data_folder
from fake_news.detection.answer import answer
from fake_news.detection.checkpoint import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.imported.database import ImportedDatabase


def add(commands: Any) -> None:
    """Add the command to a parser's."""
    check = commands.add_parser("check", help="judge the statements of a text")
    check.add_argument("text", help="the text, the name of a text file, or - for standard input")
    check.add_argument("--json", action="store_true", help="the answer as the server gives it")
    add_checkpoint(check)
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> None:
    text = _text(options.text)
    detector = Detector.load(options.checkpoint or current_checkpoint(), ImportedDatabase(default_data_folder()))
    if options.json:
        sys.stdout.write(json.dumps(answer(detector, [("text", text)]), indent=2) + "\n")
        return
    for line in verdict_lines(text, detector.check(text), coloured=sys.stdout.isatty()):
        sys.stdout.write(line + "\n")


def _text(argument: str) -> str:
    if argument == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        path = Path(argument)
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else argument
    except (OSError, ValueError):  # too long for a file name, or holds a NUL
        return argument
