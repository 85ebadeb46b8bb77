"""What every adapter does: take a finished record and its plots to a tracker of its own."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from fake_news.common.errors import TrackingError
from fake_news.common.installation import how_to_install
from fake_news.runs.record import Record


class Tracker(Protocol):
    """A place that gets copies of records.

    Attributes
    ----------
    name : such as ``mlflow``
    place : where it is; a record that was sent there is not sent there again
    """

    name: str
    place: str

    def send(self, record: Record, plots: Mapping[str, str]) -> None:
        """Send a record whose run has ended, with the text of its plots; sent twice, it is there once.

        Raises
        ------
        Exception
            Whatever the tracker's own package raises when it cannot be reached.
        """


def required(package: str) -> Any:
    """An optional package.

    Raises
    ------
    TrackingError
        If it is not installed.
    """
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise TrackingError(
            f"{package} is not installed ({error}).", f"Install it: {how_to_install('mlflow')}."
        ) from error


def allowed_names(names: Iterable[str], allowed: str) -> dict[str, str]:
    """Each name with the characters that a tracker allows besides letters and digits; no two become the same."""
    found: dict[str, str] = {}
    for name in names:
        plain = "".join(sign if (sign.isascii() and sign.isalnum()) or sign in allowed else "_" for sign in name)
        taken = set(found.values())
        candidates = (plain, *(f"{plain}_{number}" for number in range(2, 3 + len(taken))))
        found[name] = next(candidate for candidate in candidates if candidate not in taken)
    return found
