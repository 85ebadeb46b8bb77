"""CONTRIBUTING names commands that would be understood, and files that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.repository.commands import complaint_about

QUOTED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:[\w.-]+/)+[\w.-]*")
TO_BE_MADE = {"_locales/CODE/messages.json"}


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_commands_are_understood(root: Path, text: str) -> None:
    fenced = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    found = [line for line in [*fenced, *QUOTED.findall(text)] if line.startswith(("python", ".ci/"))]
    assert len(found) > 10
    complaints = [complaint_about(line.partition(" > ")[0], root) for line in found if "server.openapi" not in line]
    assert [complaint for complaint in complaints if complaint] == []


def test_files_exist(root: Path, text: str) -> None:
    words = {word for quoted in QUOTED.findall(text) for word in quoted.split()}
    paths = {word for word in words if PATH.fullmatch(word)} - TO_BE_MADE
    assert len(paths) > 20
    missing = [
        path
        for path in paths
        if not any((root / folder / path).exists() for folder in (".", "extension/content/marks"))
    ]
    assert missing == []
