"""``plumbline``, or ``python -m fake_news``: the parser of all commands, and how failures are reported."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence

from fake_news import __version__
from fake_news.cli import data, factchecks, runs, storage
from fake_news.cli.analyse import add_analyse, add_explore
from fake_news.cli.check import add_check, add_score, add_serve
from fake_news.cli.encoders import add_cross_encoder, add_encoder
from fake_news.cli.evaluate import add_card, add_evaluate
from fake_news.cli.model_selection import add_compare, add_tune
from fake_news.cli.monitoring import add_drift, add_outcomes
from fake_news.cli.options import fetch_folders
from fake_news.cli.train import add_claims, add_promote, add_retrain, add_train
from fake_news.common.errors import PlumblineError
from fake_news.common.installation import as_called, how_to_install

_COMMANDS = (
    add_serve,
    add_check,
    add_score,
    data.add,
    add_explore,
    add_train,
    add_evaluate,
    add_analyse,
    add_compare,
    add_tune,
    add_card,
    add_encoder,
    add_cross_encoder,
    factchecks.add,
    add_claims,
    add_retrain,
    add_promote,
    add_outcomes,
    add_drift,
    runs.add,
    storage.add,
)
_EXPECTED_FAILURE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: its own or 0, or 2 after an expected failure, reported in one line."""
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
            raise  # a bug of ours, not a missing package
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
        prog=as_called("python -m fake_news"),
        description="Judge statements, and train what judges them.",
    )
    parser.add_argument("--version", action="version", version=f"Plumbline {__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")
    for add in _COMMANDS:
        add(commands)
    return parser
