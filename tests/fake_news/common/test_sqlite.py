"""The write-ahead log of a database that others keep busy."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from fake_news.common.sqlite import turn_on_write_ahead_log

PATIENCE_SECONDS = 30.0


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def begin_exclusively(path: Path) -> sqlite3.Connection:
    """A connection that lets nobody else in."""
    connection = opened(path)
    connection.execute("BEGIN EXCLUSIVE")
    return connection


def journal_mode(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def test_it_waits_until_the_other_is_done(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    has_failed_once = Event()

    class Watched(sqlite3.Connection):
        def execute(self, *arguments: object) -> sqlite3.Cursor:
            try:
                return super().execute(*arguments)  # type: ignore[arg-type]
            except sqlite3.OperationalError:
                has_failed_once.set()
                raise

    waiting = sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=Watched)
    with closing(waiting), closing(begin_exclusively(path)) as other, ThreadPoolExecutor(1) as pool:
        turning = pool.submit(turn_on_write_ahead_log, waiting, PATIENCE_SECONDS)
        assert has_failed_once.wait(PATIENCE_SECONDS)
        other.execute("COMMIT")
        turning.result(PATIENCE_SECONDS)
        assert journal_mode(waiting) == "wal"


def test_it_gives_up_when_its_patience_is_over(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite3"
    with (
        closing(opened(path)) as waiting,
        closing(begin_exclusively(path)),
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        turn_on_write_ahead_log(waiting, 0.0)


def test_another_fault_is_reported_at_once(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite3"
    path.write_bytes(b"no database at all " * 100)
    with closing(opened(path)) as connection, pytest.raises(sqlite3.DatabaseError, match="not a database"):
        turn_on_write_ahead_log(connection, PATIENCE_SECONDS)
