"""Folders: of the code's own files, in a checkout or the installed package, and of a reader's own data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

if TYPE_CHECKING:
    from argparse import ArgumentParser

VARIABLE = "PLUMBLINE_HOME"


def default_data_folder() -> Path:
    """Find the folder that PLUMBLINE_HOME names, or the one that this system provides for a program's data."""
    named = os.environ.get(VARIABLE)
    return Path(named).expanduser() if named else user_data_path("plumbline", appauthor=False)


def add_data_folder(parser: ArgumentParser, purpose: str) -> None:
    """Add the option ``--data-folder``, the same for every command; ``purpose`` begins its help text."""
    parser.add_argument(
        "--data-folder",
        type=Path,
        default=default_data_folder(),
        help=f"{purpose} ({VARIABLE} names it too; default: %(default)s)",
    )


_PACKAGE = Path(__file__).resolve().parents[1]
ROOT = _PACKAGE.parent


def is_checkout() -> bool:
    """Whether the code runs from a checkout of the repository."""
    return (ROOT / "pyproject.toml").is_file()


def shipped(name: str) -> Path:
    """Find a folder that ships with the code, such as ``model_checkpoints``."""
    installed = _PACKAGE / name  # the wheel packs it there
    return installed if installed.is_dir() else ROOT / name


def checkpoints_folder() -> Path:
    """Find where checkpoints are written and looked for: in the checkout, else in the user's data folder."""
    return ROOT / "model_checkpoints" if is_checkout() else default_data_folder() / "model_checkpoints"


def project_data_folder() -> Path:
    """Find where data sets and run records are kept: ``data`` of the checkout, else the user's data folder."""
    return ROOT / "data" if is_checkout() else default_data_folder()
