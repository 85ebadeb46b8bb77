"""How long work reports its progress: a function that it calls now and then."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Receives how much is done, and of how much, as soon as that is known."""

    def __call__(self, done: int, of: int | None = None, /) -> None: ...


def no_progress(done: int, of: int | None = None, /) -> None:
    """Report progress to nobody."""
