"""What several commands share: the files they write, and the options that name data and recipe."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Literal

from fake_news.common.errors import PlumblineError
from fake_news.detection.checkpoint import CHECKPOINTS, find_checkpoint

_FETCHED: dict[str, Literal["checkpoint", "data"]] = {"checkpoint": "checkpoint", "data_dir": "data"}


def add_data_dir(command: argparse.ArgumentParser) -> None:
    """The option that names the data folder."""
    command.add_argument(
        "--data-dir", type=_folder, help="the data folder, or s3://… (default: $PLUMBLINE_DATA, else data/raw)"
    )


def add_recipe(command: argparse.ArgumentParser) -> None:
    """The option that names the recipe."""
    command.add_argument("--config", type=Path, help="the recipe (default: config/detector.toml)")


def add_checkpoint(command: argparse.ArgumentParser) -> None:
    """The option that names a checkpoint folder."""
    command.add_argument(
        "--checkpoint", type=_checkpoint, help="its version, its folder, or s3://… (default: the current one)"
    )


def add_runs(command: argparse.ArgumentParser) -> None:
    """The option that names the folder of run records."""
    command.add_argument("--runs", type=Path, metavar="DIR", help="run records (default: $PLUMBLINE_RUNS or data/runs)")


class RemoteFolder(str):
    """The address of a folder that has to be fetched before a command can read it."""

    __slots__ = ()


def fetch_folders(options: argparse.Namespace) -> None:
    """Put the local copy in the place of every remote folder that was named.

    Raises
    ------
    StorageError
        If one cannot be fetched.
    """
    for option, kind in _FETCHED.items():
        named = getattr(options, option, None)
        if isinstance(named, RemoteFolder):
            from fake_news.storage.fetched import remember
            from fake_news.storage.place import place_at
            from fake_news.storage.transfer import cached

            local, transfer = cached(place_at(named), kind)
            remember(option, transfer)
            setattr(options, option, local)


def _folder(text: str) -> Path | RemoteFolder:
    return RemoteFolder(text) if text.startswith("s3://") else Path(text)


def _checkpoint(text: str) -> Path | RemoteFolder:
    """A folder, or the folder of the version that is called so."""
    named = _folder(text)
    if isinstance(named, Path) and not named.exists() and len(named.parts) == 1:
        found = find_checkpoint(CHECKPOINTS, text)
        return found if found.is_dir() else named
    return named


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
