"""The errors of an update."""

from __future__ import annotations

from fake_news.errors import PlumblineError


class UpdateError(PlumblineError):
    """Fact-checks cannot be fetched; what was imported before is as it was."""
