"""The wheel, installed as pipx does it, away from any clone: its command, where it writes, what its hints say."""

from __future__ import annotations

import json

import pytest

from server import __version__
from tests.repository.conftest import Installation

pytestmark = pytest.mark.slow


def test_the_command_says_its_version(installed: Installation) -> None:
    for words in (["--version"], ["serve", "--version"]):
        assert installed.run(*words).stdout == f"Plumbline {__version__}\n"
    assert "usage: plumbline " in installed.run("--help").stdout
    assert "usage: plumbline serve " in installed.run("serve", "--help").stdout


def test_it_judges_and_has_its_places_in_the_home(installed: Installation) -> None:
    result = installed.run("check", "--json", "Taxes rose by 4 percent in 2020.")
    assert (result.returncode, result.stderr) == (0, "")
    shipped = installed.packages / "fake_news" / "model_checkpoints" / "default"
    assert json.loads(result.stdout)["model"] == shipped.read_text(encoding="utf-8").strip()
    places = (
        "from fake_news.detection.checkpoint_folders import CHECKPOINTS\n"
        "from fake_news.data.folder import DEFAULT_FOLDER\n"
        "from fake_news.runs.run_store import default_runs_folder\n"
        "from fake_news.training.recipe import DEFAULT_RECIPE\n"
        "print(DEFAULT_RECIPE.is_file(), CHECKPOINTS, DEFAULT_FOLDER, default_runs_folder(), sep='\\n')"
    )
    found = installed.run_python(places)
    assert found.returncode == 0, found.stderr
    names = ("model_checkpoints", "raw", "runs")
    assert found.stdout.splitlines() == ["True", *(str(installed.home / name) for name in names)]


def test_a_server_of_another_package_is_left_alone(installed: Installation) -> None:
    assert not (installed.packages / "server").exists()
    other = installed.packages / "server.py"
    other.write_text("raise SystemExit('the other server')\n", encoding="utf-8")
    try:
        assert installed.run("serve", "--version").stdout == f"Plumbline {__version__}\n"
        mine = installed.run_python("import fake_news, server")
        assert "the other server" in mine.stderr
    finally:
        other.unlink()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "Taxes rose.", "--checkpoint", "nowhere"), "pip install --force-reinstall plumbline-factcheck"),
        (("data", "validate", "--data-dir", "."), "`plumbline data fetch`"),
        (("promote", "2026.1-none"), "pip install --force-reinstall plumbline-factcheck"),
    ],
)
def test_no_hint_speaks_of_a_clone(installed: Installation, arguments: tuple[str, ...], said: str) -> None:
    result = installed.run(*arguments)
    assert result.returncode == 2
    assert said in result.stderr
    for word in ("git ", "python -m", "requirements.txt"):
        assert word not in result.stderr


def test_what_ships_is_never_changed(installed: Installation) -> None:
    before = installed.files()
    extend = (
        "from fake_news.detection.checkpoint import extend_checkpoint\n"
        "from fake_news.detection.checkpoint_folders import current_checkpoint\n"
        "extend_checkpoint(current_checkpoint(), 'card', {}, {})"
    )
    result = installed.run_python(extend)
    assert "came with the package and is not changed" in result.stderr
    assert installed.files() == before
