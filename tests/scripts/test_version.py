"""Every script with a command line says its version."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from fake_news import __version__


def with_arguments(root: Path) -> list[str]:
    """Scripts that read a command line of their own."""
    scripts = sorted((root / "scripts").glob("*.py"))
    return [path.name for path in scripts if "ArgumentParser(" in path.read_text(encoding="utf-8")]


def test_each_script_prints_its_version(root: Path) -> None:
    names = with_arguments(root)
    assert {"benchmark.py", "package_extension.py", "start.py", "walk_lifecycle.py"} <= set(names)
    for name in names:
        said = subprocess.run(
            [sys.executable, root / "scripts" / name, "--version"], capture_output=True, encoding="utf-8", cwd=root
        )
        assert (said.returncode, said.stdout) == (0, f"Plumbline {__version__}\n"), f"{name}: {said.stderr}"
