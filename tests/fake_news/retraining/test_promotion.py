"""The switch: only a challenger that passed, back again, and whole whatever breaks in between."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fake_news.common.errors import CheckpointError, PlumblineError
from fake_news.detection.checkpoint import MODEL_FILE, sha256
from fake_news.detection.checkpoint_folders import current_checkpoint, set_current
from fake_news.detection.detector import Detector
from fake_news.retraining.promotion import HISTORY, REPORT_FILE, make_current, promote, read_history, rollback
from tests.conftest import RunningServer
from tests.fake_news.conftest import Run
from tests.server.checkpoints import changed_checkpoint
from tests.server.conftest import Client
from tests.server.starting import wait_for_log

pytestmark = pytest.mark.lifecycle


def challenger(root: Path, name: str, champion: str, passed: bool = True) -> None:
    """A checkpoint with a report of `retrain`, under its hashes."""
    report = json.dumps({"passed": passed, "champion": champion}).encode()

    def with_report(model: dict[str, Any]) -> None:
        model["files"][REPORT_FILE] = sha256(report)

    (changed_checkpoint(root, name, with_report) / REPORT_FILE).write_bytes(report)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Three checkpoints; ``first`` is current, ``second`` beat it, ``worse`` did not."""
    folder = tmp_path / "checkpoints"
    changed_checkpoint(folder, "first")
    challenger(folder, "second", "first")
    challenger(folder, "worse", "first", passed=False)
    set_current(folder, "first")
    return folder


def current(root: Path) -> str:
    return current_checkpoint(root).name


def test_promotion_and_rollback(root: Path, command: Callable[..., Run]) -> None:
    there = command("promote", "second", "--checkpoints", root)
    assert (there.status, current(root)) == (0, "second")
    assert "before it was first" in there.out
    back = command("rollback", "--checkpoints", root)
    assert (back.status, current(root)) == (0, "first")
    none = command("rollback", "--checkpoints", root)
    assert (none.status, current(root)) == (2, "first")
    assert "no checkpoint before first" in none.err
    assert [(one.version, one.before, one.by) for one in read_history(root)] == [
        ("second", "first", "promote"),
        ("first", "second", "rollback"),
    ]


def test_a_running_server_notices_both(root: Path, start_server: Callable[..., RunningServer]) -> None:
    server = start_server("--checkpoint", str(root))
    client = Client(server.port)
    promote(root, "second")
    wait_for_log(server, "Now judging with checkpoint second")
    assert client.ask("GET", "/api/v1/health").json()["model"] == "second"
    rollback(root)
    wait_for_log(server, "Now judging with checkpoint first")
    assert client.ask("GET", "/api/v1/health").json()["model"] == "first"


@pytest.mark.parametrize(
    ("version", "said"),
    [("worse", "did not pass"), ("first", "is current already"), ("none", "No checkpoint at")],
)
def test_what_may_not_become_current(root: Path, version: str, said: str) -> None:
    with pytest.raises(PlumblineError) as told:
        promote(root, version)
    assert said in str(told.value)
    assert (current(root), read_history(root)) == ("first", [])


def test_a_checkpoint_without_a_report_needs_a_reason(root: Path, command_here: Callable[..., Run]) -> None:
    changed_checkpoint(root, "by-hand")
    assert "no report" in command_here("promote", "by-hand", "--checkpoints", root).err
    assert command_here("promote", "by-hand", "--checkpoints", root, "--force", " ").status == 2
    assert current(root) == "first"
    assert command_here("promote", "by-hand", "--checkpoints", root, "--force", "A test.").status == 0
    assert (current(root), read_history(root)[-1].reason) == ("by-hand", "A test.")


def test_a_report_against_another_champion_does_not_pass(root: Path) -> None:
    promote(root, "second")
    challenger(root, "third", "first")
    with pytest.raises(PlumblineError, match="compares it with first, and second is current"):
        promote(root, "third")


def test_an_edited_report_is_refused(root: Path) -> None:
    (root / "worse" / REPORT_FILE).write_text('{"passed": true, "champion": "first"}', encoding="utf-8")
    with pytest.raises(CheckpointError, match="damaged"):
        promote(root, "worse")


def test_a_damaged_challenger_is_refused_even_by_force(root: Path) -> None:
    (root / "second" / "weights.npy").write_bytes(b"")
    with pytest.raises(CheckpointError, match="damaged"):
        promote(root, "second", "I insist.")
    assert current(root) == "first"


def test_a_rollback_to_what_is_damaged_is_refused(root: Path) -> None:
    promote(root, "second")
    (root / "first" / MODEL_FILE).unlink()
    with pytest.raises(CheckpointError):
        rollback(root)
    assert current(root) == "second"


def test_repeated_rollbacks_go_back_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Detector, "load", lambda *_: None)  # the folders are empty: it is the history that is tested
    set_current(tmp_path, "a")
    for version, by in (("b", "promote"), ("c", "promote"), ("a", "promote")):
        make_current(tmp_path, version, by)
    walked = [rollback(tmp_path).version for _ in range(3)]
    assert walked == ["c", "b", "a"]
    make_current(tmp_path, "d", "train")
    set_current(tmp_path, "e")  # by hand
    with pytest.raises(PlumblineError, match="no checkpoint before e"):
        rollback(tmp_path)
    make_current(tmp_path, "f", "promote")
    assert rollback(tmp_path).version == "e"


OPERATIONS = ("write_bytes", "replace")


@pytest.mark.parametrize("back", [False, True], ids=["promote", "rollback"])
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("how", [OSError, KeyboardInterrupt], ids=["fails", "is cut off"])
def test_an_interrupted_write_leaves_one_intact_checkpoint_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, back: bool, operation: str, number: int, how: type[BaseException]
) -> None:
    """Each of the three files that a switch writes, cut off while it is written or while it takes its place."""
    monkeypatch.setattr(Detector, "load", lambda *_: None)
    set_current(tmp_path, "a")
    if back:
        make_current(tmp_path, "b", "promote")
    before, after = ("b", "a") if back else ("a", "b")
    genuine, calls = getattr(Path, operation), []

    def breaking(path: Path, *arguments: Any, **named: Any) -> Any:
        calls.append(path.name)
        if len(calls) == number + 1:
            raise how(28, "No space left on device")
        return genuine(path, *arguments, **named)

    with monkeypatch.context() as while_broken:
        while_broken.setattr(Path, operation, breaking)
        with pytest.raises((CheckpointError, KeyboardInterrupt)):
            rollback(tmp_path) if back else make_current(tmp_path, "b", "promote")
    happened = number == 2  # the third writes that it is done, which it is
    assert current(tmp_path) == (after if happened else before)
    # And it goes on from there as if nothing had been, in either direction.
    assert [one.version for one in read_history(tmp_path)] == ["b"] * (back or happened) + ["a"] * (back and happened)
    make_current(tmp_path, "c", "promote")
    assert rollback(tmp_path).version == (after if happened else before)


def test_a_damaged_history_is_named(root: Path) -> None:
    (root / HISTORY).write_text('{"a": 1}', encoding="utf-8")
    with pytest.raises(CheckpointError, match="is not a history"):
        promote(root, "second")
    assert current(root) == "first"
