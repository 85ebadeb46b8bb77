"""The page of the life cycle names nothing but what exists: every command parses, every link leads to a file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.house.commands import complaint_about

PAGES = ("lifecycle.md", "error-analysis.md")


def _shell_lines(page: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_parses(page: str, root: Path) -> None:
    lines = _shell_lines((root / "docs" / page).read_text(encoding="utf-8"))
    assert any("fake_news" in line for line in lines)
    assert [complaint for line in lines if (complaint := complaint_about(line, root))] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str, root: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (root / "docs" / page).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (root / "docs" / link).exists()] == []


def test_the_walk_takes_every_step(root: Path) -> None:
    lines = _shell_lines((root / "docs" / "lifecycle.md").read_text(encoding="utf-8"))
    steps = {line.split("fake_news ", 1)[1].split()[0] for line in lines if "-m fake_news " in line}
    every = "data explore train compare runs analyse evaluate card retrain promote rollback drift"
    assert steps >= set(every.split())


def test_a_misspelt_command_would_be_found(root: Path) -> None:
    assert complaint_about("python -m fake_news analyze", root)
    assert complaint_about("python -m fake_news analyse --protocol liar", root) is None
