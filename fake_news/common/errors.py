"""The errors Plumbline raises on purpose: each says what happened and what to do about it."""

from __future__ import annotations

from fake_news.common.installation import as_called


class PlumblineError(Exception):
    """An expected failure, described for the person who has to act on it.

    Parameters
    ----------
    message : str
        What happened, with the value that caused it.
    hint : str
        What to do about it.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(as_called(message))
        self.message = as_called(message)
        self.hint = as_called(hint)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class CheckpointError(PlumblineError):
    """A checkpoint is missing, damaged or of a format that this version cannot read."""


class DataError(PlumblineError):
    """A data set is missing, or a row of it is malformed; the message names file and line."""


class StorageError(PlumblineError):
    """A folder or bucket of data sets and checkpoints cannot be used, or what lies there is damaged."""


class TrackingError(PlumblineError):
    """A record of a run, or the folder of them, is missing or damaged."""


def in_one_line(error: BaseException, longest: int | None = None) -> str:
    """Write an error on one line, cut to ``longest``; with its type unless it is a :class:`PlumblineError`.

    Parameters
    ----------
    longest : characters
    """
    message = " ".join(str(error).split())
    if not isinstance(error, PlumblineError):
        message = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return message[:longest]
