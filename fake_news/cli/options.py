"""Options that several commands share, and how they are resolved."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from fake_news.common.paths import add_data_folder
from fake_news.detection.checkpoint_folders import CHECKPOINTS, find_checkpoint

if TYPE_CHECKING:
    from fake_news.runs.recording import Recorder

_FETCHED: dict[str, Literal["checkpoint", "data"]] = {"checkpoint": "checkpoint", "data_dir": "data"}


def add_data_dir(command: argparse.ArgumentParser) -> None:
    """Add the option that names the data folder."""
    command.add_argument(
        "--data-dir", type=_folder, help="the data folder, or s3://… (default: $PLUMBLINE_DATA, else data/raw)"
    )


def add_recipe(command: argparse.ArgumentParser) -> None:
    """Add the option that names the recipe."""
    command.add_argument("--config", type=Path, help="the recipe (default: config/detector.toml)")


def add_checkpoint(command: argparse.ArgumentParser) -> None:
    """Add the option that names a checkpoint folder."""
    command.add_argument(
        "--checkpoint", type=_checkpoint, help="its version, its folder, or s3://… (default: the current one)"
    )


def add_runs(command: argparse.ArgumentParser) -> None:
    """Add the option that names the folder of run records."""
    command.add_argument("--runs", type=Path, metavar="DIR", help="run records (default: $PLUMBLINE_RUNS or data/runs)")


class RemoteFolder(str):
    """The address of a folder that has to be fetched before a command can read it."""

    __slots__ = ()


def fetch_folders(options: argparse.Namespace) -> None:
    """Replace every remote folder in the options by a local copy; ``options.fetched`` says what was fetched.

    Raises
    ------
    StorageError
        If one cannot be fetched.
    """
    options.fetched = {}
    for option, kind in _FETCHED.items():
        named = getattr(options, option, None)
        if isinstance(named, RemoteFolder):
            from fake_news.storage.place import place_at
            from fake_news.storage.transfer import fetch_cached

            local, transfer = fetch_cached(place_at(named), kind)
            options.fetched[option] = transfer.as_json()
            setattr(options, option, local)


def _folder(text: str) -> Path | RemoteFolder:
    return RemoteFolder(text) if text.startswith("s3://") else Path(text)


def _checkpoint(text: str) -> Path | RemoteFolder:
    """A folder, or the folder of the checkpoint with that version."""
    named = _folder(text)
    if isinstance(named, Path) and not named.exists() and len(named.parts) == 1:
        found = find_checkpoint(CHECKPOINTS, text)
        return found if found.is_dir() else named
    return named


def recorder_of(options: argparse.Namespace) -> Recorder:
    """Make the recorder of the command's run, which also notes from where its folders were fetched."""
    from fake_news.runs.recording import Recorder

    return Recorder(options.runs, {"fetched": options.fetched} if options.fetched else {})


def add_feedback_sources(command: argparse.ArgumentParser) -> None:
    """Add the options that name feedback to a command."""
    command.add_argument(
        "--feedback",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="an export of feedback; may be repeated",
    )
    command.add_argument("--server-feedback", action="store_true", help="the feedback in the server's own database")
    add_data_folder(command, "where the server keeps it")


def add_workers(command: argparse.ArgumentParser) -> None:
    """Add the options ``--jobs`` and ``--backend``."""
    command.add_argument(
        "--jobs", type=positive, default=os.cpu_count() or 1, help="processes on this machine (default: its cores)"
    )
    command.add_argument(
        "--backend", metavar="dask://HOST:PORT", help="work on the Dask cluster with this scheduler instead"
    )


def positive(text: str) -> int:
    """Parse a whole number of one or more."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
