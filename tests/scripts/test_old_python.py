"""An old Python gets one line from both scripts, and can read them far enough to print it."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

RUN_AS_3_8 = """
import runpy, sys
sys.path.insert(0, "scripts")
sys.version_info = (3, 8, 10, "final", 0)
runpy.run_path(sys.argv[1], run_name="__main__")
"""


@pytest.mark.parametrize("script", ["start.py", "test.py"])
def test_an_old_python_is_reported_in_one_line(root: Path, script: str) -> None:
    result = subprocess.run(
        [sys.executable, "-c", RUN_AS_3_8, f"scripts/{script}"],
        cwd=root,
        capture_output=True,
        text=True,
    )
    assert (result.returncode, result.stdout) == (1, "")
    [line] = result.stderr.splitlines()
    assert "needs Python 3.11 or newer" in line
    assert "this is Python 3.8" in line


@pytest.mark.parametrize("script", ["start.py", "test.py", "python_version.py"])
def test_an_old_python_can_parse_the_scripts(root: Path, script: str) -> None:
    ast.parse((root / "scripts" / script).read_text(encoding="utf-8"), feature_version=(3, 7))
