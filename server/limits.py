"""Limits of requests, clients and the server (docs: the HTTP contract). Each limit has its own error code."""

from __future__ import annotations

import sys
from contextlib import suppress

# One process
JUDGED_AT_ONCE = 2
"""Two, so that a short request need not wait behind a long one. More only compete for the interpreter's lock: with
four, sixteen clients got a fifth less (docs/performance.md)."""

# One request
BODY_BYTES = 1024 * 1024
BLOCKS = 500
BLOCK_UTF16_UNITS = 20_000
BLOCK_ID_CHARACTERS = 200
ANSWER_BYTES = 16 * 1024 * 1024
"""Of the statements in an answer: a megabyte of prose needs less, a megabyte of "No. No. No." would need sixty."""
REQUEST_SECONDS = 20.0
"""From arrival to answer, waiting included: well under the 30 s after which Firefox stops an extension's background."""

FEEDBACK_STATEMENT_CHARACTERS = 5_000
FEEDBACK_COMMENT_CHARACTERS = 5_000
FEEDBACK_URL_CHARACTERS = 2_000
FEEDBACK_TITLE_CHARACTERS = 1_000
FEEDBACK_MODEL_CHARACTERS = 100
FEEDBACK_FACT_CHECKS = 100_000_000

# One client
REQUESTS_PER_SECOND = 300.0
BURST_SECONDS = 2.0
"""After a pause, a client may send this many seconds' worth of requests at once."""

# One connection
HEADER_BYTES = 32 * 1024
SENDING_SECONDS = 20.0
"""Time in which a request must arrive in full."""
IDLE_SECONDS = 60.0
"""Time for which a connection may be idle, or take to read an answer."""

REFUSED_SECONDS = 2.0
"""Time for which a refused client may keep sending: closing earlier would discard the refusal (RFC 9112, 9.6)."""

# All together
CONNECTIONS = 800
"""Beyond these, those that have kept the server waiting longest are refused."""
PATIENCE_SECONDS = 1.0
"""Time for which a connection is safe from that."""
WAITING_REQUESTS = 64
CACHE_BYTES = 32 * 1024 * 1024

_OTHER_FILES = 64
"""Files that are open besides connections: checkpoint, database, log."""
_SELECTABLE_ON_WINDOWS = 512


def available_connections(wanted: int) -> int:
    """Determine how many connections the operating system allows this process, at most ``wanted``.

    Raises the soft limit where it is lower: macOS starts with 256.
    """
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
