"""The sign that a run is alive: a lock on a file that the system takes back however the process ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class RunLock:
    """A lock that this process holds until it is released or the process ends, killed or not.

    Raises
    ------
    OSError
        If the file cannot be made, or another process holds it.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab")
        try:
            _lock(self._file)
        except OSError:
            self._file.close()
            raise

    def release(self) -> None:
        """Give it back."""
        self._file.close()


def is_held(path: Path) -> bool:
    """Whether a living process, this one included, holds the lock of a file."""
    try:
        with path.open("rb") as file:
            _lock(file)
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return False
