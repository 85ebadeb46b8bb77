"""What a server has stored: the feedback of readers, and counts of what it judged."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fake_news.common.errors import CheckpointError, PlumblineError
from fake_news.database.lazy_database import DATABASE_URL, LazyDatabase
from fake_news.database.opening import FILE_NAME
from fake_news.database.verdict_counts import VerdictCounts
from fake_news.detection.checkpoint import read_checkpoint
from fake_news.detection.checkpoint_folders import CHECKPOINTS, find_checkpoint
from fake_news.monitoring.traits import Trait

_DAYS = 3650  # all that is kept


def server_feedback(folder: Path) -> Iterator[dict[str, Any]]:
    """Read all stored feedback.

    Parameters
    ----------
    folder : the server's data folder; PLUMBLINE_DATABASE_URL names a PostgreSQL instead

    Raises
    ------
    PlumblineError
        If no server has kept feedback there.
    """
    with _storage(folder, "feedback") as storage:
        for feedback in storage.database().feedback():
            yield dataclasses.asdict(feedback)


def window(folder: Path, fingerprint: str, days: int) -> Mapping[Trait, list[int]]:
    """Read the histograms of the model with this fingerprint for the latest days, today included.

    A running server stores its counts every ten seconds.

    Raises
    ------
    PlumblineError
        If no server has kept counts there.
    """
    with _storage(folder, "counts") as storage:
        return VerdictCounts(storage).window(fingerprint, days)


def judged_statements(folder: Path, versions: Sequence[str]) -> dict[str, int]:
    """Count the statements that each of these models judged; models whose checkpoint is gone are left out."""
    counts = {}
    with _storage(folder, "counts") as storage:
        for version in versions:
            try:
                fingerprint = read_checkpoint(find_checkpoint(CHECKPOINTS, version)).model["fingerprint"]
            except CheckpointError:
                continue
            counts[version] = sum(VerdictCounts(storage).window(fingerprint, _DAYS).get(Trait.LENGTH, []))
    return counts


@contextmanager
def _storage(folder: Path, contents: str) -> Iterator[LazyDatabase]:
    url = os.environ.get(DATABASE_URL) or None
    if url is None and not (folder / FILE_NAME).is_file():
        raise PlumblineError(
            f"No server has kept {contents} in {folder}.",
            "Start the server first, or name its folder with --data-folder.",
        )
    storage = LazyDatabase(folder, url)
    try:
        yield storage
    finally:
        storage.close()
