"""The image without Docker: what the Dockerfile says, and its command as a process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import Client

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
RUNTIME = DOCKERFILE.rpartition("\nFROM ")[2]
TOKEN = "a-token-of-the-tests-0123456789"
SIGNED = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
LISTENING = re.compile(r"Listening at: http://127\.0\.0\.1:(\d+)")
STATEMENT = {"blocks": [{"id": "b1", "text": "Taxes rose by 4 percent in 2020."}]}


def instructions(name: str) -> list[str]:
    """What the runtime stage says after an instruction; lines that go on in the next one are joined."""
    lines = re.sub(r"\\\n\s*", "", RUNTIME).splitlines()
    return [line.removeprefix(name).strip() for line in lines if line.startswith(f"{name} ")]


def command(instruction: str) -> list[str]:
    found: list[str] = json.loads(instruction)
    return found


def stays_out(path: Path) -> bool:
    """Whether Dockerfile.dockerignore keeps a path out; its last fitting line decides."""
    relative = path.relative_to(ROOT).as_posix()
    out = False
    for line in (ROOT / "deploy" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.removeprefix("!").removeprefix("**/")
        if not line or line.startswith("#"):
            continue
        if line.startswith("**/"):
            fits = pattern in path.parts
        else:
            fits = fnmatch(relative, pattern) or relative.startswith(f"{pattern}/")
        if fits:
            out = not line.startswith("!")
    return out


class Gunicorn:
    """The image's command, running."""

    def __init__(self, image: Path, data: Path, log: Path, settings: Mapping[str, str] | None = None) -> None:
        variables = {name: value for name, value in os.environ.items() if not name.startswith(("PLUMBLINE_", "PYTHON"))}
        variables |= {
            "PYTHONPATH": str(image / "plumbline"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPROFILEIMPORTTIME": "1",
            "PLUMBLINE_HOME": str(data),
            "PLUMBLINE_TOKEN": TOKEN,
            "PLUMBLINE_ALLOW_HOSTS": "plumbline.example.org",
            **(settings or {}),
        }
        [start] = instructions("CMD")
        _, *arguments = command(start)
        self.log = log
        with log.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                [sys.executable, *arguments, "--bind", "127.0.0.1:0"],
                cwd=image / "plumbline",
                env=variables,
                stdout=output,
                stderr=output,
            )
        self.port = self._port()
        self.client = Client(self.port)

    def _port(self) -> int:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            found = LISTENING.search(self.said())
            if found:
                return int(found[1])
            time.sleep(0.05)
        self.process.kill()
        pytest.fail(f"gunicorn did not start: {self.said()}")

    def said(self) -> str:
        return "\n".join(
            line for line in self.log.read_text(encoding="utf-8").splitlines() if "import time:" not in line
        )

    def imported(self) -> set[str]:
        """Every package that any of its processes imported."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines if "import time:" in line}

    def check(self, **headers: str) -> Any:
        return self.client.check(STATEMENT, **{**SIGNED, **headers})
