"""What a person sees who starts a benchmark without what it needs: one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RUN = """
import runpy, sys
sys.path.insert(0, 'scripts')
{first}
sys.argv = ['scripts/benchmark.py', {arguments}]
runpy.run_path('scripts/benchmark.py', run_name='__main__')
"""


def run(root: Path, first: str, arguments: str) -> subprocess.CompletedProcess[str]:
    """Start it after some preparation."""
    program = RUN.format(first=first, arguments=arguments)
    return subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, encoding="utf-8")


def test_benchmarks_name_a_missing_package(root: Path) -> None:
    if Path(sys.prefix).resolve() != (root / ".venv").resolve():
        pytest.skip("scripts/test.py has not made .venv, which the script would do first")
    result = run(root, "sys.modules['selenium'] = None", "'engine'")
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "Benchmarks need selenium" in result.stderr
    assert "-r tests/requirements.txt" in result.stderr


def test_benchmarks_say_where_data_are_missing(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("selenium")
    first = (
        "import environment; environment.continue_inside = lambda: None; sys.path.insert(0, '.')\n"
        "from benchmarks import rows; from fake_news.data.folder import data_folder\n"
        "rows.run = lambda arguments: data_folder()"
    )
    nowhere = tmp_path / "nowhere"
    result = run(root, first, f"'rows', '--data-dir', {str(nowhere)!r}")
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert f"There is no data folder at {nowhere}. Name it with --data-dir" in result.stderr
