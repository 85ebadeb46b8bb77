"""The virtual environment: made once, repaired when half-made, left alone when it fits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


@pytest.fixture(scope="module")
def requirements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Requirements that pip fulfils without a network."""
    path = tmp_path_factory.mktemp("requirements") / "requirements.txt"
    path.write_text("# nothing\n")
    return path


@pytest.fixture(scope="module")
def made_folder(tmp_path_factory: pytest.TempPathFactory, requirements: Path, root: Path) -> Path:
    """A really made environment, for tests to copy; it took the place of one that was left half-made."""
    folder = tmp_path_factory.mktemp("made") / ".venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = nowhere\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(root / "scripts"))
        from environment import Environment

        Environment(folder, (requirements,)).make_ready()
    return folder


@pytest.fixture
def environment(environment_module: ModuleType, made_folder: Path, requirements: Path, tmp_path: Path) -> Any:
    """A copy of it, ready, that a test may break."""
    shutil.copytree(made_folder, tmp_path / ".venv", symlinks=True)
    shutil.copy(requirements, tmp_path)
    return environment_module.Environment(tmp_path / ".venv", (tmp_path / requirements.name,))


def test_a_ready_environment_is_not_changed(environment: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("something was run"))
    assert environment.is_ready()
    environment.make_ready()


def test_changed_requirements_are_installed_into_it(environment: Any) -> None:
    keepsake = environment.folder / "keepsake"
    keepsake.touch()
    environment.requirements[0].write_text("# nothing, but newer\n")
    assert not environment.is_ready()
    environment.make_ready()
    assert environment.is_ready()
    assert keepsake.exists()


def test_test_requirements_are_added_and_a_start_keeps_them(
    environment: Any, environment_module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_tests = tmp_path / "tests" / "requirements.txt"
    of_tests.parent.mkdir()
    of_tests.write_text("# nothing for the tests\n")
    for_tests = environment_module.Environment(environment.folder, (*environment.requirements, of_tests))
    assert environment.is_ready()
    assert not for_tests.is_ready()
    for_tests.make_ready()
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("something was run"))
    for_tests.make_ready()
    environment.make_ready()
    of_tests.write_text("# something newer for the tests\n")
    assert environment.is_ready()
    assert not for_tests.is_ready()


def test_a_half_made_environment_is_repaired(environment: Any) -> None:
    assert environment.is_ready()
    assert "nowhere" not in (environment.folder / "pyvenv.cfg").read_text(encoding="utf-8")
    assert subprocess.run([environment.python, "-m", "pip", "--version"], capture_output=True).returncode == 0


def test_an_environment_without_its_python_is_recreated(environment: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    class MadeAnew(Exception):  # noqa: N818
        """Far enough: the fixture has really made one."""

    def make(_: object) -> None:
        raise MadeAnew

    environment.python.unlink()
    monkeypatch.setattr(type(environment), "_create", make)
    assert not environment.is_ready()
    with pytest.raises(MadeAnew):
        environment.make_ready()
    assert not environment.is_ready()


def test_another_python_recreates_the_environment(environment: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bool] = []
    monkeypatch.setattr(type(environment), "_create", lambda _: made.append(True))
    monkeypatch.setattr("platform.python_version", lambda: "3.99.0")
    assert not environment.is_ready()
    environment.make_ready()
    assert made


def test_a_missing_network_is_reported_in_one_line(
    environment: Any, environment_module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setenv("PIP_RETRIES", "1")
    environment.requirements[0].write_text("flask\n")
    with pytest.raises(environment_module.SetupError, match=r"^Cannot reach the Python package index") as failure:
        environment.make_ready()
    assert "\n" not in str(failure.value)
    assert not environment.is_ready()
    assert "flask" in environment.log.read_text(encoding="utf-8")


def test_an_error_of_pip_is_reported_in_one_line(environment: Any, environment_module: ModuleType) -> None:
    environment.requirements[0].write_text("this is no requirement\n")
    with pytest.raises(environment_module.SetupError, match=r"Invalid requirement") as failure:
        environment.make_ready()
    assert "\n" not in str(failure.value)


def test_without_venv_the_error_says_what_to_install(
    environment: Any, environment_module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment_module, "can_make_environments", lambda: False)
    environment.stamp.unlink()
    environment.python.unlink()
    with pytest.raises(environment_module.SetupError, match="apt install python3-venv"):
        environment.make_ready()


def test_a_script_restarts_inside_the_environment(environment_module: ModuleType, root: Path) -> None:
    wanted = environment_module.Environment(
        requirements=(environment_module.REQUIREMENTS, environment_module.TEST_REQUIREMENTS)
    )
    if not wanted.is_ready():
        pytest.skip("scripts/test.py has not made .venv for these requirements")
    bare = [sys.executable, "-S"]  # without any installed package
    assert subprocess.run([*bare, "-c", "import flask"], capture_output=True).returncode != 0
    result = subprocess.run(
        [*bare, root / "scripts" / "benchmark.py", "--help"], capture_output=True, text=True, encoding="utf-8"
    )
    assert (result.returncode, "engine" in result.stdout) == (0, True), result.stderr
