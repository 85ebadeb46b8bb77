"""docs/security.md names tests; each of them is there, and no attack on the server goes unmentioned."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

NAMED = re.compile(r"`([a-z_/]+\.py)::((?:Test\w+::)?test_\w+)`")


@pytest.fixture(scope="module")
def named(root: Path) -> list[tuple[str, str]]:
    """Files and tests as the document names them."""
    return NAMED.findall((root / "docs" / "security.md").read_text(encoding="utf-8"))


def names_in(file: Path) -> set[str]:
    found = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{member.name}" for member in node.body if isinstance(member, ast.FunctionDef)}
    return found


def test_every_promise_has_a_test_that_exists(root: Path, named: list[tuple[str, str]]) -> None:
    lines = (root / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    promises = [line for line in lines if line.startswith("| ") and not line.startswith("| promise")]
    assert len(promises) > 30
    assert [line for line in promises if not NAMED.search(line)] == []
    missing = [f"{file}::{test}" for file, test in named if test not in names_in(root / "tests" / file)]
    assert missing == []


@pytest.mark.parametrize("group", ["TestHost", "TestOrigin", "TestFetchMetadata", "TestPreflight"])
def test_no_kind_of_attack_goes_unmentioned(named: list[tuple[str, str]], group: str) -> None:
    assert [test for file, test in named if file == "server/test_security.py" and test.startswith(f"{group}::")]
