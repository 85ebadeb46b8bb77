"""Counts of verdicts by day, label and score: what the dashboard draws and drift is told from. No text."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import UTC
from threading import Lock
from typing import Any

from fake_news.verdict import Label
from server.drift import FEWEST_STATEMENTS, advice, population_stability_index
from server.storage.errors import StorageError
from server.storage.records import SCORE_BINS, DayCounts
from server.storage.storage import Storage

logger = logging.getLogger(__name__)

DAYS_SHOWN = 90


class Statistics:
    """Counts in memory and stores now and then, so that a verdict never waits for a disk."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._lock = Lock()
        self._storing = Lock()
        self._labels: Counter[tuple[str, Label]] = Counter()
        self._scores: Counter[tuple[str, int]] = Counter()
        self._complaint: str | None = None

    def count(self, outcomes: Iterable[tuple[Label, float | None]]) -> None:
        """Count statements by their label and P(true)."""
        day = self._storage.now().astimezone(UTC).strftime("%Y-%m-%d")
        with self._lock:
            for label, probability in outcomes:
                self._labels[day, label] += 1
                if probability is not None:
                    self._scores[day, min(int(probability * SCORE_BINS), SCORE_BINS - 1)] += 1

    def store(self) -> None:
        """Move what was counted into the storage; what cannot be stored now stays for the next time.

        Raises
        ------
        StorageError
            If it cannot be stored.
        """
        database = self._storage.database()
        with self._storing:  # who finds nothing left to store has waited until the rest lies in the database
            with self._lock:
                labels, self._labels = self._labels, Counter()
                scores, self._scores = self._scores, Counter()
            if not labels:
                return
            try:
                database.add_counts(labels, scores)
            except StorageError:
                with self._lock:
                    self._labels.update(labels)
                    self._scores.update(scores)
                raise

    def try_to_store(self) -> None:
        """The same for a time when nobody waits: a failure is logged, once."""
        try:
            self.store()
            self._complaint = None
        except StorageError as error:
            if str(error) != self._complaint:
                logger.warning("Counts and feedback cannot be stored. %s", error)
            self._complaint = str(error)

    def days(self) -> list[DayCounts]:
        """The latest days, what was counted just now included.

        Raises
        ------
        StorageError
            If they cannot be read.
        """
        self.store()
        return self._storage.database().days(DAYS_SHOWN)


def drift(days: Iterable[DayCounts], reference: list[float] | None) -> dict[str, Any] | None:
    """How far the scores of these days lie from the reference; None where too few were counted to say."""
    observed = [sum(bins) for bins in zip(*(day.scores for day in days), strict=True)]
    if reference is None or sum(observed) < FEWEST_STATEMENTS:
        return None
    index = population_stability_index(reference, observed)
    return {"psi": round(index, 4), "advice": advice(index)}
