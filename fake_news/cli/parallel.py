"""The options that say where work is done."""

from __future__ import annotations

import argparse
import os


def add_workers(command: argparse.ArgumentParser) -> None:
    """The options ``--jobs`` and ``--backend``."""
    command.add_argument(
        "--jobs", type=positive, default=os.cpu_count() or 1, help="processes on this machine (default: its cores)"
    )
    command.add_argument(
        "--backend", metavar="dask://HOST:PORT", help="work on the Dask cluster with this scheduler instead"
    )


def positive(text: str) -> int:
    """A count on the command line."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
