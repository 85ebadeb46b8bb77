"""Progress on standard error, for a person who waits.

Not tqdm: it draws in a log what only a terminal can redraw; here a log gets a line every tenth.
"""

from __future__ import annotations

import sys
import time
from typing import TextIO

_WIDTH = 25
_BETWEEN_DRAWINGS = 0.1  # seconds


class ProgressBar:
    """Shows how much of long work is done, and about how long the rest takes; a line every tenth in a log.

    Parameters
    ----------
    unit : what is counted, such as ``rows``
    total : how many there are, where that is known from the beginning
    stream : where it is shown (default: standard error)
    logged : whether a log gets its lines; a terminal always has the bar
    """

    def __init__(
        self, unit: str, total: int | None = None, stream: TextIO | None = None, *, logged: bool = True
    ) -> None:
        self._unit, self._total, self._logged = unit, total, logged
        self._stream = sys.stderr if stream is None else stream
        self._redrawn = self._stream.isatty()
        self._begin(None)

    def _begin(self, first: int | None) -> None:
        self._started = time.monotonic()
        self._first = self._last = first
        self._drawn_at = -_BETWEEN_DRAWINGS
        self._tenths = 0

    def __call__(self, done: int, of: int | None = None) -> None:
        """Show that so many are done, of so many where that is only known now; fewer than before begin a new bar."""
        self._total = self._total if of is None else of
        if self._last is None or done < self._last:
            self._begin(done)  # what an earlier run did says nothing about this one's speed
        self._last = done
        if self._redrawn:
            self._redraw(done)
        elif self._logged:
            self._log(done)

    def _redraw(self, done: int) -> None:
        now = time.monotonic()
        is_done = self._total is not None and done >= self._total
        if is_done or now - self._drawn_at >= _BETWEEN_DRAWINGS:
            self._drawn_at = now
            self._stream.write(f"\r{self._line(done, now)}\x1b[K{chr(10) if is_done else ''}")
            self._stream.flush()

    def _log(self, done: int) -> None:
        tenths = 10 * done // max(self._total, 1) if self._total is not None else 0
        if tenths > self._tenths:
            self._tenths = tenths
            self._stream.write(self._line(done, time.monotonic()) + "\n")
            self._stream.flush()

    def _line(self, done: int, now: float) -> str:
        if self._total is None:
            return f"{done:,} {self._unit}"
        share = done / max(self._total, 1)
        bar = "█" * int(_WIDTH * share)
        return f"[{bar:<{_WIDTH}}] {share:4.0%}  {done:,} of {self._total:,} {self._unit}{self._rest(done, now)}"

    def _rest(self, done: int, now: float) -> str:
        new = done - (self._first or 0)
        if self._total is None or not new or done >= self._total:
            return ""
        seconds = (now - self._started) / new * (self._total - done)
        return f", about {seconds / 60:,.0f} min left" if seconds >= 90 else f", about {seconds:.0f} s left"
