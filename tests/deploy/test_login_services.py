"""The recipes that start the server at log-on: valid in their own system's eyes, and they start what exists."""

from __future__ import annotations

import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.parsers import expat

import pytest

UNIT = "systemd/plumbline.service"
AGENT = "launchd/org.plumbline.server.plist"
TASK = "windows/register-task.ps1"
COMMAND = re.compile(r"-m server((?: +--?[a-z-]+(?: +[a-z0-9.]+)?)*)")


@pytest.mark.parametrize("name", [UNIT, AGENT, TASK])
def test_every_recipe_starts_a_server(root: Path, tmp_path: Path, name: str) -> None:
    """With the arguments that it passes: the server refuses those it does not know before it does anything."""
    [arguments] = COMMAND.findall((root / "deploy" / name).read_text(encoding="utf-8"))
    assert arguments
    finished = subprocess.run(
        [sys.executable, "-m", "server", *arguments.split(), "--port", "0", "--checkpoint", str(tmp_path)],
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert "Plumbline cannot start: " in finished.stderr
    assert str(tmp_path) in finished.stderr


def test_systemd_has_no_complaint(root: Path, tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed")
    python = tmp_path / "plumbline" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    finished = subprocess.run(
        [program, "verify", "--user", "--man=no", str(root / "deploy" / UNIT)],
        env={**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (finished.returncode, finished.stdout + finished.stderr) == (0, "")


def test_systemd_does_not_retry_what_cannot_start(root: Path) -> None:
    from server.__main__ import COULD_NOT_START

    unit = (root / "deploy" / UNIT).read_text(encoding="utf-8")
    assert f"\nRestartPreventExitStatus={COULD_NOT_START}\n" in unit


def test_launchd_agent(root: Path) -> None:
    try:
        agent = plistlib.loads((root / "deploy" / AGENT).read_bytes())
    except expat.ExpatError as error:
        pytest.fail(f"{AGENT} is no XML: {error}")
    assert f"{agent['Label']}.plist" == Path(AGENT).name
    assert agent["RunAtLoad"] is True
    assert agent["KeepAlive"] == {"SuccessfulExit": False}
    shell, option, command = agent["ProgramArguments"]
    assert (shell, option) == ("/bin/sh", "-c")
    checked = subprocess.run([shutil.which("sh") or shell, "-n", option, command], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert " exec " in command  # or launchd would stop the shell and leave the server


def test_windows_task_finds_what_it_starts(root: Path) -> None:
    """No Windows here: that the folders it derives from its own place are the ones that start.py makes."""
    script = (root / "deploy" / TASK).read_text(encoding="utf-8")
    assert script.isascii()  # PowerShell 5 reads a file without a byte order mark in the system's code page
    assert "Split-Path -Parent (Split-Path -Parent $PSScriptRoot)" in script
    assert (root / "deploy" / TASK).parents[2] == root
    assert r".venv\Scripts\python.exe" in script
    assert script.count("{") == script.count("}")
    assert script.count("(") == script.count(")")
