"""Writing reports to the files that somebody named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fake_news.common.errors import PlumblineError


def as_json(report: Any) -> str:
    """A report as JSON that a person can read too."""
    return json.dumps(report, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def require_folder_of(*paths: Path | None) -> None:
    """Refuse a file that could not be written, before minutes of work rather than after them.

    Raises
    ------
    PlumblineError
        If a file's folder does not exist.
    """
    for path in paths:
        if path and not path.parent.is_dir():
            raise PlumblineError(f"{path} cannot be written: there is no folder {path.parent}.", "Name another file.")


def write_text(path: Path, text: str) -> None:
    """Write a file, in UTF-8 and with the same line ends on every system.

    Raises
    ------
    PlumblineError
        If it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise PlumblineError(f"{path} cannot be written ({error.strerror}).", "Name another file.") from error
