"""What this process fetched from storage, for the record of its run."""

from __future__ import annotations

from fake_news.storage.transfer import Transfer

_fetched: dict[str, Transfer] = {}


def remember(option: str, transfer: Transfer) -> None:
    """Keep in mind what an option of the command line stood for."""
    _fetched[option] = transfer


def remembered() -> dict[str, object]:
    """What was fetched, by the option that named it."""
    return {option: transfer.as_json() for option, transfer in _fetched.items()}
