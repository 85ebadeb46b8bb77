"""dvc.yaml names only what exists: commands that parse, sources that are there, outputs that git ignores."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import yaml

from tests.repository.commands import complaint_about


@pytest.fixture(scope="module")
def stages(root: Path) -> dict[str, Any]:
    """The stages by name."""
    found: dict[str, Any] = yaml.safe_load((root / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    return found


def named(entries: list[Any]) -> list[str]:
    """Paths, of which some are written as {path: settings}."""
    return [next(iter(entry)) if isinstance(entry, dict) else entry for entry in entries]


def written(stage: dict[str, Any]) -> list[str]:
    return named([*stage.get("outs", []), *stage.get("metrics", []), *stage.get("plots", [])])


def test_the_stages_of_the_life_cycle_are_there(stages: dict[str, Any]) -> None:
    every = "validate explore split tune learning-curve compare train card evaluate analyse score retrain"
    assert set(stages) == set(every.split())


def test_every_command_is_plain_and_would_be_understood(stages: dict[str, Any], root: Path) -> None:
    for name, stage in stages.items():
        assert stage["cmd"].startswith("python -m fake_news "), name
        assert complaint_about(stage["cmd"], root) is None
    assert complaint_about("python -m fake_news train --no-such-option", root) is not None


def test_what_a_stage_reads_is_there_or_made_by_another(stages: dict[str, Any], root: Path) -> None:
    made = {path for stage in stages.values() for path in written(stage)}
    for name, stage in stages.items():
        for path in named(stage["deps"]):
            is_raw = Path(path).parts[:2] == ("data", "raw")
            assert is_raw or path in made or (root / path).exists(), f"{name}: {path}"


def test_what_a_stage_reads_or_writes_stands_in_its_command(stages: dict[str, Any]) -> None:
    for name, stage in stages.items():
        for path in written(stage):
            page, folder, version = Path(path).with_suffix(".html").as_posix(), *Path(path).parts[-2:]
            mentioned = path in stage["cmd"] or page in stage["cmd"]
            is_a_checkpoint = f"--version {version} " in stage["cmd"] and f"/{folder}" in stage["cmd"]
            assert mentioned or is_a_checkpoint, f"{name}: {path}"


def test_git_ignores_what_the_stages_and_dvc_write(stages: dict[str, Any], root: Path) -> None:
    if not (root / ".git").exists() or which("git") is None:
        pytest.skip("this is no git checkout")
    paths = [*(path for stage in stages.values() for path in written(stage)), "dvc.lock", ".dvc/config"]
    for path in paths:
        ignored = subprocess.run(["git", "check-ignore", "--quiet", path], cwd=root)
        assert ignored.returncode == 0, path
