"""What the tests of an installation share: the wheel, and a machine on which it is installed as pipx would."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

OFFLINE = ("--no-deps", "--no-index", "--disable-pip-version-check", "--quiet")
"""Whatever pip would fetch, it could not."""


@dataclass(frozen=True)
class Installation:
    """A virtual environment with the wheel in it, and a home and a working folder of its own."""

    folder: Path
    home: Path
    work: Path

    @property
    def programs(self) -> Path:
        """Where the console commands lie."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def packages(self) -> Path:
        """Its site-packages."""
        return Path(sysconfig.get_path("purelib", vars={"base": str(self.folder)}))

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a person who never heard of this repository."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PLUMBLINE_", "PYTHON"))}
        return {**own, "PLUMBLINE_HOME": str(self.home), "PYTHONDONTWRITEBYTECODE": "1"}

    def command(self, *arguments: str | Path) -> list[str]:
        """The console command with these arguments."""
        return [str(self.programs / "plumbline"), *map(str, arguments)]

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the console command to its end."""
        return subprocess.run(
            self.command(*arguments), cwd=self.work, env=self.environment, capture_output=True, encoding="utf-8"
        )

    def run_python(self, code: str) -> subprocess.CompletedProcess[str]:
        """Run code with the environment's Python."""
        return subprocess.run(
            [self.programs / "python", "-c", code],
            cwd=self.work,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
        )

    def files(self) -> dict[str, str]:
        """Every file that was installed, by its hash."""
        paths = [path for path in (self.packages / "fake_news").rglob("*") if path.is_file()]
        return {str(path.relative_to(self.packages)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.fixture(scope="session")
def built_wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that pip makes of this repository."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = ["-m", "pip", "wheel", *OFFLINE, "--no-build-isolation"]
    command: list[str | Path] = [sys.executable, *wheel, "--wheel-dir", folder, root]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    [path] = folder.iterdir()
    return path


@pytest.fixture(scope="session")
def installed(built_wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel in an environment of its own, which borrows the packages that it needs from this one."""
    folder = tmp_path_factory.mktemp("machine")
    machine = Installation(folder / "venv", folder / "home", folder / "work")
    machine.work.mkdir()
    venv.create(machine.folder, symlinks=os.name != "nt")
    python = machine.programs / "python"
    install: list[str | Path] = [sys.executable, "-m", "pip", "--python", python, "install", *OFFLINE, built_wheel]
    result = subprocess.run(install, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    (machine.packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return machine
