"""A file that is drawn once and that nobody else may read: a token, an installation's number."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def drawn_once(path: Path, draw: Callable[[], str]) -> None:
    """Write what is drawn, unless the file is there; whoever reads it meanwhile finds nothing or all of it.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists():
        return
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(draw() + "\n")
    draft.replace(path)
