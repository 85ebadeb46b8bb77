"""The errors of importing and keeping fact-checks."""

from __future__ import annotations

from fake_news.common.errors import PlumblineError


class ImportedFactChecksError(PlumblineError):
    """A file cannot be read as fact-checks, or the database cannot be read or written; nothing was changed."""


class SkippedRowError(Exception):
    """A row is not a usable fact-check; the message is the reason, the same for all rows of its kind."""


class NotStoredError(ImportedFactChecksError):
    """They cannot be stored or read back, whatever was to be imported: the disk is full, or another import runs."""
