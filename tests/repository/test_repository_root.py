"""The repository root is what a person loads into the browser as the extension."""

from __future__ import annotations

import json
from pathlib import Path

from fake_news import __version__


def test_root_holds_nothing_that_load_unpacked_refuses(root: Path) -> None:
    """Chrome refuses names that begin with ``_`` at the root; importing a Python file there makes ``__pycache__``."""
    names = [entry.name for entry in root.iterdir()]
    assert "manifest.json" in names
    assert [name for name in names if name.startswith("_") and name != "_locales"] == []
    assert [name for name in names if name.endswith(".py")] == []


def test_the_manifest_has_the_version_of_the_package(root: Path) -> None:
    manifest = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["version"] == __version__


def test_the_changelog_tells_of_this_version(root: Path) -> None:
    headings = [line for line in (root / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line[:3] == "## "]
    assert [heading.split()[1] for heading in headings[:2]] == ["Unreleased", __version__]


def test_nothing_is_defined_twice_in_json(root: Path) -> None:
    """Of two values under one key a parser keeps the last, and says nothing."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        assert len(found) == len(pairs), sorted(key for key, _ in pairs)
        return found

    paths = [root / "manifest.json", *root.glob("_locales/*/messages.json"), root / "server" / "static" / "words.json"]
    assert len(paths) > 3
    for path in paths:
        json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)
