"""Which checkpoint is current: the one chosen here, else the shipped one."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from shutil import which

import pytest

from fake_news.common.errors import CheckpointError
from fake_news.detection import checkpoint_folders
from fake_news.detection.checkpoint import (
    MODEL_FILE,
)
from fake_news.detection.checkpoint_folders import current_checkpoint, new_checkpoint, set_current


def test_current_names_a_folder_beside_it(tmp_path: Path) -> None:
    set_current(tmp_path, "2026.1-a")
    assert current_checkpoint(tmp_path) == tmp_path / "2026.1-a"
    set_current(tmp_path, "2026.2-b")
    assert current_checkpoint(tmp_path) == tmp_path / "2026.2-b"
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


def test_the_choice_made_here_comes_before_what_ships(tmp_path: Path) -> None:
    (tmp_path / "default").write_text("2026.1-a\n", encoding="utf-8")
    assert current_checkpoint(tmp_path) == tmp_path / "2026.1-a"
    set_current(tmp_path, "2026.2-b")
    assert current_checkpoint(tmp_path) == tmp_path / "2026.2-b"
    assert (tmp_path / "default").read_text(encoding="utf-8") == "2026.1-a\n"


def test_an_installed_package_keeps_new_checkpoints_apart_from_the_shipped_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped, own = tmp_path / "site" / "model_checkpoints", tmp_path / "home" / "model_checkpoints"
    (shipped / "2026.1-a").mkdir(parents=True)
    (shipped / "default").write_text("2026.1-a\n", encoding="utf-8")
    monkeypatch.setattr(checkpoint_folders, "SHIPPED_CHECKPOINTS", shipped)
    monkeypatch.setattr(checkpoint_folders, "CHECKPOINTS", own)
    assert current_checkpoint(own) == shipped / "2026.1-a"
    with pytest.raises(CheckpointError, match="exists already"):
        new_checkpoint(own, "2026.1-a")
    (own / "2026.2-b").mkdir(parents=True)
    set_current(own, "2026.2-b")
    assert current_checkpoint(own) == own / "2026.2-b"
    set_current(own, "2026.1-a")  # back to what ships
    assert current_checkpoint(own) == shipped / "2026.1-a"
    assert sorted(path.name for path in shipped.iterdir()) == ["2026.1-a", "default"]


def test_git_holds_all_that_ships_and_nothing_that_a_command_changes(root: Path) -> None:
    if which("git") is None or not (root / ".git").exists():
        pytest.skip("no git checkout")

    def git(*arguments: str) -> list[str]:
        return subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=True
        ).stdout.splitlines()

    name = (root / "model_checkpoints" / "default").read_text(encoding="utf-8").strip()
    model = json.loads((root / "model_checkpoints" / name / MODEL_FILE).read_bytes())
    wanted = [f"model_checkpoints/{name}/{file}" for file in (*model["files"], MODEL_FILE)]
    tracked = git("ls-files", "model_checkpoints")
    assert set(wanted) <= set(tracked)
    for encoder in re.findall(r'"(?:cross_)?encoder": "([0-9a-f]{64})"', json.dumps(model)):
        assert any(path.startswith(f"model_checkpoints/encoders/{encoder}/") for path in tracked)
    changing = [f"model_checkpoints/{one}" for one in ("current", "history.json", "2099.1-a/model.json")]
    assert git("check-ignore", "--no-index", *changing) == changing
    assert not set(changing) & set(tracked)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"..\n",
        b".\n",
        b"../elsewhere\n",
        b"/etc\n",
        b"a/b\n",
        b"a\\b\n",
        b"..\\elsewhere\n",
        b".2026.1-a.new\n",
        b"two\nlines\n",
        b"\xff\xfe\n",
        b"a\0b\n",
    ],
)
def test_current_that_names_no_folder_beside_it(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "current").write_bytes(content)
    with pytest.raises(CheckpointError, match="should name a folder beside it") as caught:
        current_checkpoint(tmp_path)
    assert "git checkout" in caught.value.hint


def test_no_current_at_all(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"No checkpoint: .*current cannot be read"):
        current_checkpoint(tmp_path)
    (tmp_path / "current").mkdir()
    with pytest.raises(CheckpointError, match=r"No checkpoint: .*current cannot be read"):
        current_checkpoint(tmp_path)
