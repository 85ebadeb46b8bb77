"""The house rules for Python, held by ruff, mypy and import-linter with the settings of pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


@pytest.mark.parametrize(
    "command",
    [
        ("-m", "ruff", "check", "--quiet", "."),
        ("-m", "ruff", "format", "--check", "--quiet", "."),
        ("-m", "mypy", "--no-error-summary"),
        ("-c", LINT_IMPORTS, "--no-cache"),
    ],
    ids=["ruff check", "ruff format", "mypy", "import-linter"],
)
def test_no_complaints(root: Path, command: tuple[str, ...]) -> None:
    result = subprocess.run([sys.executable, *command], cwd=root, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
