"""docs/security.md names tests; each of them is there, and every test that attacks the server is named."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ATTACKS = [
    "fake_news/database/test_crash.py",
    "server/access/test_access_token.py",
    "server/access/test_body_type.py",
    "server/access/test_dashboard_origin.py",
    "server/access/test_host.py",
    "server/access/test_origin.py",
    "server/access/test_rate_limit.py",
    "server/http/test_crowding.py",
    "server/http/test_slow_clients.py",
    "server/judging/test_checkpoint_switch.py",
    "server/monitoring/test_doctor.py",
    "server/test_no_egress.py",
    "server/test_storage_faults.py",
]
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


@pytest.mark.parametrize("file", ATTACKS)
def test_no_attack_goes_unmentioned(root: Path, named: list[tuple[str, str]], file: str) -> None:
    tests = {name for name in names_in(root / "tests" / file) if name.rpartition("::")[2].startswith("test_")}
    assert tests
    assert tests - {test for named_file, test in named if named_file == file} == set()
