"""The repository root is what a person loads into the browser as the extension."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from server import __version__


def test_root_holds_nothing_that_load_unpacked_refuses(root: Path) -> None:
    """Chrome refuses names that begin with ``_`` at the root; importing a Python file there makes ``__pycache__``."""
    names = [entry.name for entry in root.iterdir()]
    assert "manifest.json" in names
    assert [name for name in names if name.startswith("_") and name != "_locales"] == []
    assert [name for name in names if name.endswith(".py")] == []


def test_one_version_everywhere(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    assert (project["version"], manifest["version"]) == (__version__, __version__)
