"""How scripts/test.py runs the suite: in parallel unless the caller says otherwise, and without the slow on request."""

from __future__ import annotations

import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

SUITE = """
import pytest

@pytest.mark.browser
def test_browser():
    raise AssertionError

@pytest.mark.lifecycle
def test_life_cycle():
    raise AssertionError

@pytest.mark.slow
def test_slow():
    raise AssertionError

def test_plain():
    pass
"""


@pytest.fixture
def suite(small_suite: Path) -> Path:
    (small_suite / "test_suite.py").write_text(SUITE)
    return small_suite


@pytest.fixture
def pytest_arguments(root: Path, environment_module: ModuleType) -> Callable[[list[str]], list[str]]:
    """What scripts/test.py makes of the caller's arguments."""
    function: Callable[[list[str]], list[str]] = runpy.run_path(str(root / "scripts" / "test.py"))["pytest_arguments"]
    return function


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "workers"),
    [([], True), (["-n", "0"], False), (["-p", "no:xdist"], False)],
    ids=["nothing said", "one after another", "without xdist"],
)
def test_quick_and_parallel(
    suite: Path, pytest_arguments: Callable[[list[str]], list[str]], arguments: list[str], workers: bool
) -> None:
    given = pytest_arguments(["--quick", *arguments, "-p", "no:cacheprovider", "test_suite.py"])
    result = subprocess.run([sys.executable, "-m", "pytest", *given], cwd=suite, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "1 passed" in result.stdout.splitlines()[-1]
    assert ("created: " in result.stdout) == workers
