"""What is installed by which way: the requirement files and pyproject.toml agree, and the wheel works on its own."""

from __future__ import annotations

import sys
import tomllib
import zipfile
from email import message_from_string
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from fake_news import __version__
from fake_news.common.installation import DISTRIBUTION
from server.monitoring.dashboard import EXTENSION_FILES


def named(lines: list[str]) -> dict[str, str]:
    """Bounds by package."""
    found = [Requirement(line) for line in lines]
    assert len({one.name for one in found}) == len(found)
    return {one.name: str(one.specifier) for one in found}


def of_file(path: Path) -> dict[str, str]:
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return named([line for line in lines if line])


@pytest.fixture(scope="module")
def project(root: Path) -> Any:
    """The table [project] of pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_running_and_training_need_the_same_by_either_way(root: Path, project: Any) -> None:
    wheel = named([*project["dependencies"], *project["optional-dependencies"]["train"]])
    assert of_file(root / "requirements.txt") == wheel


def test_the_tests_use_every_extra(root: Path, project: Any) -> None:
    of_tests = of_file(root / "tests" / "requirements.txt")
    for extra, lines in project["optional-dependencies"].items():
        if extra != "train":
            assert named(lines).items() <= of_tests.items(), extra


def test_nothing_is_required_twice_and_all_of_it_is_installed(root: Path) -> None:
    running, of_tests = of_file(root / "requirements.txt"), of_file(root / "tests" / "requirements.txt")
    assert running.keys() & of_tests.keys() == set()
    for name, bounds in (running | of_tests).items():
        if name != "gunicorn" or sys.platform != "win32":
            assert Requirement(f"{name}{bounds}").specifier.contains(version(name), prereleases=True), name


@pytest.fixture(scope="module")
def wheel(built_wheel: Path) -> zipfile.ZipFile:
    """What pip makes of this repository."""
    return zipfile.ZipFile(built_wheel)


def test_the_wheel_holds_the_code_its_files_and_the_detector(root: Path, wheel: zipfile.ZipFile) -> None:
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    kinds = {".py", ".json", ".html", ".css", ".js", ".svg"}
    sources = {
        path.relative_to(root).as_posix()
        for package in ("fake_news", "server")
        for path in (root / package).rglob("*")
        if path.suffix in kinds
    }
    packed_at = {"server": "fake_news/bundled/server", "fake_news": "fake_news"}
    sources = {path.replace(top := path.split("/")[0], packed_at[top], 1) for path in sources}
    card = {f"fake_news/bundled/server/static/{name}" for name in EXTENSION_FILES}
    checkpoint = root / "model_checkpoints" / (root / "model_checkpoints" / "default").read_text("utf-8").strip()
    shipped = {f"fake_news/model_checkpoints/{checkpoint.name}/{path.name}" for path in checkpoint.iterdir()}
    recipes = {f"fake_news/config/{path.name}" for path in (root / "config").iterdir()}
    wanted = sources | card | shipped | recipes | {"fake_news/model_checkpoints/default"}
    assert "fake_news/bundled/server/static/index.html" in wanted
    assert wanted - packed == set()
    # No module `server` at the top, where it would overwrite somebody else's, and no checkpoint that was trained here.
    assert {name.split("/")[0] for name in packed} == {"fake_news"}
    assert {name.split("/")[2] for name in packed if name.startswith("fake_news/model_checkpoints/")} == {
        "default",
        "encoders",
        checkpoint.name,
    }


def test_the_wheel_says_what_it_needs(wheel: zipfile.ZipFile, project: Any) -> None:
    [name] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    metadata = message_from_string(wheel.read(name).decode())
    assert (metadata["Name"], metadata["Version"]) == (DISTRIBUTION, __version__)
    needed = [Requirement(line) for line in metadata.get_all("Requires-Dist", [])]
    assert {one.name: str(one.specifier) for one in needed if not one.marker} == named(project["dependencies"])
    assert set(metadata.get_all("Provides-Extra", [])) == set(project["optional-dependencies"])
