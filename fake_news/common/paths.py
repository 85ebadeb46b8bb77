"""Folders of the code's own files: at the root of a checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path

from fake_news.common.user_data import default_data_folder

_PACKAGE = Path(__file__).resolve().parents[1]
ROOT = _PACKAGE.parent


def is_checkout() -> bool:
    """Whether the code runs from a checkout of the repository."""
    return (ROOT / "pyproject.toml").is_file()


def shipped(name: str) -> Path:
    """A folder that ships with the code, such as ``model_checkpoints``."""
    installed = _PACKAGE / name  # the wheel packs it there
    return installed if installed.is_dir() else ROOT / name


def checkpoints_folder() -> Path:
    """Where checkpoints are written and looked for: in the checkout, else in the user's data folder."""
    return ROOT / "model_checkpoints" if is_checkout() else default_data_folder() / "model_checkpoints"


def project_data_folder() -> Path:
    """Where data sets and run records are kept: ``data`` of the checkout, else the user's data folder."""
    return ROOT / "data" if is_checkout() else default_data_folder()
