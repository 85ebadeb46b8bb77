"""Progress on standard error, for a person who waits."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

_WIDTH = 25
_BETWEEN_DRAWINGS = 0.1  # seconds


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


class ProgressBar:
    """Shows how much of long work is done, and about how long the rest takes; a line every tenth in a log.

    Parameters
    ----------
    unit : what is counted, such as ``rows``
    total : how many there are
    stream : where it is shown (default: standard error)
    """

    def __init__(self, unit: str, total: int, stream: TextIO | None = None) -> None:
        self._unit, self._total = unit, total
        self._stream = sys.stderr if stream is None else stream
        self._redrawn = self._stream.isatty()
        self._started = time.monotonic()
        self._first: int | None = None
        self._drawn_at = -_BETWEEN_DRAWINGS
        self._tenths = 0

    def __call__(self, done: int) -> None:
        """Show that so many are done."""
        if self._first is None:
            self._first = done  # what an earlier run did says nothing about this one's speed
        now = time.monotonic()
        if self._redrawn:
            if done < self._total and now - self._drawn_at < _BETWEEN_DRAWINGS:
                return
            self._drawn_at = now
            end = "\n" if done >= self._total else ""
            self._stream.write(f"\r{self._line(done, now)}\x1b[K{end}")
        else:
            tenths = 10 * done // max(self._total, 1)
            if tenths <= self._tenths:
                return
            self._tenths = tenths
            self._stream.write(self._line(done, now) + "\n")
        self._stream.flush()

    def _line(self, done: int, now: float) -> str:
        share = done / max(self._total, 1)
        bar = "█" * int(_WIDTH * share)
        return f"[{bar:<{_WIDTH}}] {share:4.0%}  {done:,} of {self._total:,} {self._unit}{self._rest(done, now)}"

    def _rest(self, done: int, now: float) -> str:
        new = done - (self._first or 0)
        if not new or done >= self._total:
            return ""
        seconds = (now - self._started) / new * (self._total - done)
        return f", about {seconds / 60:,.0f} min left" if seconds >= 90 else f", about {seconds:.0f} s left"
