"""The scripts that set Plumbline up, run as a person runs them."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def environment_module(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/environment.py, found as the scripts find it: beside them."""
    monkeypatch.syspath_prepend(str(root / "scripts"))
    return importlib.import_module("environment")


@pytest.fixture
def small_suite(root: Path, tmp_path: Path) -> Path:
    """A folder with the project's own conftest.py and pytest settings, for a suite of a few tests."""
    shutil.copy(root / "tests" / "conftest.py", tmp_path)
    shutil.copy(root / "pyproject.toml", tmp_path)
    return tmp_path
