"""``serve`` and ``doctor``, which ``fake_news/__main__.py`` hands on to the server, and ``check``."""

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
from fake_news.detection.checkpoint_folders import current_checkpoint
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.imported.database import ImportedDatabase


def add_serve(commands: Any) -> None:
    """Add both commands to a parser's, so that ``--help`` names them."""
    for name, does in (("serve", "start the local server"), ("doctor", "find out why the server does not work")):
        commands.add_parser(name, help=does, add_help=False).set_defaults(run=_serve, words=[name])


def _serve(options: argparse.Namespace) -> int:
    from fake_news.__main__ import main

    return main(options.words)


def add_check(commands: Any) -> None:
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
