"""Progress callbacks, which long work calls from time to time."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives how much is done, and the total once it is known."""

    def __call__(self, done: int, of: int | None = None, /) -> None: ...


def no_progress(done: int, of: int | None = None, /) -> None:
    """Ignore progress: a no-op callback."""
