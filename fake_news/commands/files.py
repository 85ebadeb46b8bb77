"""What several commands share: the files they write, and the options that name data and recipe."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from fake_news.errors import PlumblineError


def add_data_dir(command: argparse.ArgumentParser) -> None:
    """The option that names the data folder."""
    command.add_argument("--data-dir", type=Path, help="the data folder (default: $PLUMBLINE_DATA, else data/raw)")


def add_recipe(command: argparse.ArgumentParser) -> None:
    """The option that names the recipe."""
    command.add_argument("--config", type=Path, help="the recipe (default: config/detector.toml)")


def add_checkpoint(command: argparse.ArgumentParser) -> None:
    """The option that names a checkpoint folder."""
    command.add_argument("--checkpoint", type=Path, help="checkpoint folder (default: the current one)")


def add_runs(command: argparse.ArgumentParser) -> None:
    """The option that names the folder of run records."""
    command.add_argument("--runs", type=Path, metavar="DIR", help="run records (default: $PLUMBLINE_RUNS or data/runs)")


def as_json(report: Any) -> str:
    """A report as JSON that a person can read too."""
    return json.dumps(report, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def require_folder_of(*paths: Path | None) -> None:
    """Say that a file cannot be written now rather than after minutes of work.

    Raises
    ------
    PlumblineError
        If a file's folder does not exist.
    """
    for path in paths:
        if path and not path.parent.is_dir():
            raise PlumblineError(f"{path} cannot be written: there is no folder {path.parent}.", "Name another file.")


def write_text(path: Path, text: str) -> None:
    """Write a file, in UTF-8 and with the same line ends on every system.

    Raises
    ------
    PlumblineError
        If it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise PlumblineError(f"{path} cannot be written ({error.strerror}).", "Name another file.") from error
