"""The page of the life cycle names nothing but what exists, and what it shows is what its walk ran."""

from __future__ import annotations

import importlib
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest

from fake_news.data.cleaning import letters_only
from fake_news.data.statements import load_liar, load_politifact
from tests.repository.commands import complaint_about

PAGES = ("lifecycle.md", "error-analysis.md")
PRINTS_NOTHING = ("mkdir", "python -m pip wheel")
RUNS = ("python", "mkdir", "curl")
"""What scripts/walk_lifecycle.py can run."""


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
    every = """data explore tune learning-curve train compare evaluate card runs analyse score retrain promote rollback
        drift"""
    assert steps == set(every.split())


@pytest.fixture
def walked(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ModuleType]:
    """The page, and the module by which the walk reads it."""
    monkeypatch.syspath_prepend(str(root / "scripts"))
    return (root / "docs" / "lifecycle.md").read_text(encoding="utf-8"), importlib.import_module("lifecycle.page")


def test_the_walk_runs_every_command_of_the_page(walked: tuple[str, ModuleType]) -> None:
    page, reader = walked
    assert reader.commands_of(page) == [reader.without_comment(line) for line in _shell_lines(page)]
    assert {shlex.split(command)[0] for command in reader.commands_of(page)} <= set(RUNS)


def test_every_command_has_what_it_printed_and_what_it_took(walked: tuple[str, ModuleType]) -> None:
    page, reader = walked
    for block in (block for step in reader.steps_of(page).values() for block in step):
        is_silent = all(line.startswith(PRINTS_NOTHING) for line in block.commands)
        without = reader.with_outputs(page, lambda one, block=block: "" if one == block else None)
        assert (without == page) == is_silent, block.commands
    for command in reader.commands_of(page):
        is_timed = not command.startswith(("mkdir", "python -m server"))
        assert (f"| `{command}` |" in page) == is_timed, command


def test_it_names_no_place_on_anybodys_machine(walked: tuple[str, ModuleType]) -> None:
    page, _ = walked
    assert re.findall(r"(?<![\w.:/])/(?:home|root|tmp|work|Users|var)/\S*|[A-Z]:\\\S*", page) == []


@pytest.mark.data
def test_no_page_holds_a_statement_of_the_data(root: Path, data_dir: Path) -> None:
    statements = [
        *load_politifact(data_dir),
        *(s for part in ("train", "valid", "test") for s in load_liar(data_dir, part)),
    ]
    texts = {letters for one in statements if len(letters := letters_only(one.text)) >= 25}
    for path in sorted((root / "docs").glob("*.md")):
        page = letters_only(path.read_text(encoding="utf-8"))
        assert not [number for number, text in enumerate(texts) if text in page], path.name


def test_a_misspelt_command_would_be_found(root: Path) -> None:
    assert complaint_about("python -m fake_news analyze", root)
    assert complaint_about("python -m fake_news analyse --protocol liar", root) is None
