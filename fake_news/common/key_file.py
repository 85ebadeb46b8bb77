"""A secret in a file that nobody but its owner can read."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from fake_news.common.errors import PlumblineError


def read_key_file(path: Path) -> str:
    """The key that a file holds, alone on one line.

    Raises
    ------
    PlumblineError
        If the file cannot be read, others can read it, or it holds no key.
    """
    try:
        mode = path.stat().st_mode
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise PlumblineError(f"{path} cannot be read as a key.", "Is it the right file?") from error
    if sys.platform != "win32" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise PlumblineError(f"Others can read {path}, which holds your key.", f"Close it first: chmod 600 {path}")
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise PlumblineError(f"{path} holds no key.", "It holds the key alone, on one line.")
    return key
