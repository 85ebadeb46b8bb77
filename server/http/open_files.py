"""How many connections the operating system lets one process have."""

from __future__ import annotations

import sys
from contextlib import suppress

_OTHER_FILES = 64
"""What a process has open besides connections: checkpoint, database, log."""
_SELECTABLE_ON_WINDOWS = 512


def openable(wanted: int) -> int:
    """The connections that can be open at once, at most ``wanted``, which the system is asked for: macOS gives 256."""
    if sys.platform == "win32":
        return min(wanted, _SELECTABLE_ON_WINDOWS - _OTHER_FILES)
    import resource

    needed = wanted + _OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return wanted
    with suppress(OSError, ValueError):
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (needed if hard == resource.RLIM_INFINITY else min(needed, hard), hard)
        )
    return max(resource.getrlimit(resource.RLIMIT_NOFILE)[0] - _OTHER_FILES, _OTHER_FILES)
