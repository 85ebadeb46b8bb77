"""The house rules for JavaScript: JSDoc types that hold under ``tsc --checkJs --strict``."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.mark.node
@pytest.mark.parametrize("project", ["extension", "server/static"])
def test_types_hold(root: Path, project: str) -> None:
    node = shutil.which("node")
    compiler = root / "tests" / "extension" / "node_modules" / "typescript" / "bin" / "tsc"
    if node is None:
        pytest.skip("Node.js is not installed")
    if not compiler.is_file():
        pytest.skip("TypeScript is not installed: python3 scripts/test.py installs it, or `npm ci` in tests/extension")
    result = subprocess.run(
        [node, str(compiler), "--project", f"{project}/jsconfig.json", "--pretty", "false"],
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout + result.stderr
