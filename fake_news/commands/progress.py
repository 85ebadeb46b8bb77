"""A progress bar on standard error, for a person who waits."""

from __future__ import annotations

import sys
from collections.abc import Callable


def progress_bar(name: str = "") -> Callable[[int, int | None], None]:
    """A bar that is told what is done and of how much; silent where nobody looks at a terminal."""
    shown = -1

    def show(done: int, of: int | None) -> None:
        nonlocal shown
        percent = 100 * done // of if of else 0
        if percent != shown:
            shown = percent
            end = "\n" if percent == 100 else ""
            sys.stderr.write(f"\r{name}[{'█' * (percent // 4):<25}] {percent:3d} %{end}")

    return show if sys.stderr.isatty() else lambda done, of: None
