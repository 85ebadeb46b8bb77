"""The scripts that set Plumbline up, run as a person runs them."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def environment_module(root: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """scripts/environment.py, found as the scripts find it: beside them."""
    monkeypatch.syspath_prepend(str(root / "scripts"))
    return importlib.import_module("environment")
