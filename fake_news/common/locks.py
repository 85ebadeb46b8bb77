"""Locks on files for as long as a process works; the system releases them however the process ends."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout


class RunLock:
    """A lock that this process holds until it is released or the process ends, killed or not.

    In a ``with`` statement it is released at the end of the block.

    Raises
    ------
    BlockingIOError
        If another process holds it.
    OSError
        If the file cannot be created.
    """

    def __init__(self, path: Path) -> None:
        self._lock = FileLock(path, blocking=False, thread_local=False)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise BlockingIOError(errno.EWOULDBLOCK, os.strerror(errno.EWOULDBLOCK), str(path)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Release the lock."""
        self._lock.release()


def is_held(path: Path) -> bool:
    """Whether a living process, this one included, holds the lock of a file."""
    if not path.is_file():
        return False
    try:
        RunLock(path).release()
    except OSError:
        return True
    return False
