"""requirements.lock: what requirements.txt allows, every version with its hashes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ]+?)(?: ; (?P<marker>[^\\]+?))? ?\\?$")


@pytest.fixture(scope="module")
def locked(root: Path) -> dict[str, list[tuple[str, int]]]:
    """Versions by name, each with its number of hashes; a name may have one for each kind of system."""
    found: dict[str, list[tuple[str, int]]] = {}
    name = ""
    for line in (root / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if line.lstrip().startswith("--hash=sha256:"):
            version, hashes = found[name][-1]
            found[name][-1] = (version, hashes + 1)
        elif line and not line.startswith("#"):
            match = LINE.match(line)
            assert match, line
            name = match["name"].lower()
            found.setdefault(name, []).append((match["version"], 0))
    return found


def test_every_version_has_a_hash(locked: dict[str, list[tuple[str, int]]]) -> None:
    assert len(locked) > 20
    assert [name for name, versions in locked.items() if not all(hashes for _, hashes in versions)] == []


def test_it_is_what_the_requirements_allow(root: Path, locked: dict[str, list[tuple[str, int]]]) -> None:
    lines = (line.partition("#")[0].strip() for line in (root / "requirements.txt").read_text("utf-8").splitlines())
    for wanted in (Requirement(line) for line in lines if line):
        assert wanted.name.lower() in locked, wanted.name
        for version, _ in locked[wanted.name.lower()]:
            assert wanted.specifier.contains(version), f"{wanted.name} {version}: make requirements.lock again"
