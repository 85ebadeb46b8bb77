"""A lock that says whether a process still works, however it ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fake_news.common.locks import RunLock, is_held

HOLD = """
import sys
from pathlib import Path
from fake_news.common.locks import RunLock

lock = RunLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_it_is_held_until_it_is_released(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert not is_held(path)
    assert not path.exists(), "asking leaves nothing behind"
    lock = RunLock(path)
    assert is_held(path)
    with pytest.raises(BlockingIOError, match="lock"):
        RunLock(path)
    lock.release()
    assert not is_held(path)
    with RunLock(path):
        assert is_held(path)
    assert not is_held(path)


def test_a_killed_process_holds_nothing(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        assert is_held(path)
        process.kill()
        process.wait()
        assert not is_held(path)


def test_a_lock_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file"):
        RunLock(tmp_path / "file" / "lock")
