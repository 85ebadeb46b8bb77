"""The errors of an update."""

from __future__ import annotations

from pathlib import Path

from fake_news.common.errors import PlumblineError


class UpdateError(PlumblineError):
    """Fact-checks cannot be fetched; what was imported before is as it was."""


def not_written(path: Path, error: OSError) -> UpdateError:
    """The error of a file or folder that cannot be written."""
    return UpdateError(
        f"{path} cannot be written ({error.strerror}).", "Free some disk space, or make its folder writable."
    )
