"""``plumbline``, or ``python -m fake_news``: the parser of all commands, and what becomes of their failures."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

from fake_news import __version__
from fake_news.cli import (
    analyse,
    card,
    check,
    claims,
    compare,
    data,
    drift,
    encoder,
    evaluate,
    explore,
    factchecks,
    outcomes,
    promote,
    retrain,
    runs,
    score,
    serve,
    storage,
    train,
    tune,
)
from fake_news.cli.options import fetch_folders
from fake_news.common.errors import PlumblineError
from fake_news.common.installation import as_called, how_to_install

_COMMANDS = (
    serve,
    check,
    score,
    data,
    explore,
    train,
    evaluate,
    analyse,
    compare,
    tune,
    card,
    encoder,
    factchecks,
    claims,
    retrain,
    promote,
    outcomes,
    drift,
    runs,
    storage,
)
_EXPECTED_FAILURE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: its own or 0, or 2 after an expected failure said in one line."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a lone surrogate in the text must not end the command.
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        fetch_folders(options)
        return options.run(options) or 0
    except PlumblineError as error:
        sys.stderr.write(f"{error}\n")
        return _EXPECTED_FAILURE
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "fake_news":
            raise  # a fault of our own
        sys.stderr.write(
            f"This command needs {error.name}, which is not installed. "
            f"Install what it needs: {how_to_install(error.name)}\n"
        )
        return _EXPECTED_FAILURE
    except BrokenPipeError:
        sys.stderr.close()  # `… | head` closed the pipe: say nothing more
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing was half-written.\n")
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=as_called("python -m fake_news"), description="Judges statements, and trains what judges them."
    )
    parser.add_argument("--version", action="version", version=f"Plumbline {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in _COMMANDS:
        command.add(commands)
    return parser
