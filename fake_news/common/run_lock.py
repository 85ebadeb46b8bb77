"""A lock on a file for as long as a process works; the system releases it however the process ends."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from filelock import FileLock, Timeout


class RunLock:
    """A lock that this process holds until it is released or the process ends, killed or not.

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

    def release(self) -> None:
        """Release it."""
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
