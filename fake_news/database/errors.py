"""The one error of the storage."""

from __future__ import annotations

from fake_news.common.errors import PlumblineError


class StorageError(PlumblineError):
    """What is kept cannot be read or written now; checking text does not depend on it."""
