"""Tests that could not run are named with the reason, and fail where CI requires all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SUITE = """
import pytest

@pytest.mark.browser
def test_paint():
    pytest.skip("no Firefox here")

@pytest.mark.browser
@pytest.mark.data
def test_saved_pages():
    pytest.skip("no data folder")

def test_plain():
    pass
"""


@pytest.fixture
def suite(small_suite: Path) -> Path:
    (small_suite / "test_suite.py").write_text(SUITE)
    return small_suite


def run(suite: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PLUMBLINE_REQUIRE_PROGRAMS"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "test_suite.py", *arguments],
        cwd=suite,
        env={**environment, **variables},
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [(), ("-n", "1")], ids=["here", "in a worker"])
def test_a_missing_browser_is_reported_with_the_reason(suite: Path, arguments: tuple[str, ...]) -> None:
    result = run(suite, *arguments)
    assert result.returncode == 0, result.stdout
    assert "test_suite.py::test_paint: no Firefox here" in result.stdout.splitlines()
    assert "1 passed, 2 skipped" in result.stdout.splitlines()[-1]


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [(), ("-n", "1")], ids=["here", "in a worker"])
def test_a_missing_browser_fails_where_programs_are_required(suite: Path, arguments: tuple[str, ...]) -> None:
    result = run(suite, *arguments, PLUMBLINE_REQUIRE_PROGRAMS="1")
    assert result.returncode == 1, result.stdout
    assert "FAILED test_suite.py::test_paint" in result.stdout
    assert "1 failed, 1 passed, 1 skipped" in result.stdout.splitlines()[-1]


def test_the_test_command_names_what_is_missing(root: Path, tmp_path: Path) -> None:
    """On a machine with nothing on its path, and so without apt-get."""
    result = subprocess.run(
        [sys.executable, "-c", "from programs import install_programs; install_programs()"],
        cwd=root / "scripts",
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (result.returncode, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [line.partition(". ")[0] for line in lines] == [
        "Missing: chromium and chromedriver",
        "Missing: firefox-esr",
        "Missing: node and npm",
        "Missing: postgres",
    ]
