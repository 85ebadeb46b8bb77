"""Counts of verdicts by day, label and trait: what the dashboard draws, and what drift is computed from. No text."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, timedelta
from threading import Lock

from fake_news.database.lazy_database import DatabaseError, LazyDatabase
from fake_news.database.records import CHECKPOINT_CHARACTERS, Agreement, Counts, DayCounts
from fake_news.monitoring.traits import Observation, Trait

logger = logging.getLogger(__name__)

DAYS_SHOWN = 90


class VerdictCounts:
    """Counts in memory and stores the counts from time to time, so that a verdict never waits for a disk.

    Checkpoints are identified by their fingerprints: retraining may reuse the name of a version, and the counts of two
    models must not be added up.
    """

    def __init__(self, storage: LazyDatabase) -> None:
        self._storage = storage
        self._lock = Lock()
        self._storing = Lock()
        self._counts = Counts()
        self._complaint: str | None = None

    def count(self, checkpoint: str, observations: Iterable[Observation]) -> None:
        """Count the verdicts of a checkpoint on some statements."""
        day, checkpoint = self._day(), _key(checkpoint)
        with self._lock:
            for observation in observations:
                self._counts.labels[day, observation.label] += 1
                for trait, number in observation.bins():
                    self._counts.traits[day, checkpoint, trait, number] += 1

    def count_agreement(self, champion: str, shadow: str, agreements: Iterable[Agreement]) -> None:
        """Count how a champion and its shadow labelled the same statements."""
        day, champion, shadow = self._day(), _key(champion), _key(shadow)
        with self._lock:
            for one in agreements:
                key = (day, champion, shadow, one.champion_label, one.shadow_label)
                self._counts.add_agreement(key, (one.count, one.compared, one.difference))

    def store(self) -> None:
        """Move the counts into the database; if that fails, they stay for the next attempt.

        Raises
        ------
        DatabaseError
            If it cannot be stored.
        """
        database = self._storage.database()
        with self._storing:  # whoever finds nothing to store has waited until the counts are in the database
            with self._lock:
                counts, self._counts = self._counts, Counts()
            if not counts:
                return
            try:
                database.add_counts(counts)
            except DatabaseError:
                with self._lock:
                    self._counts.add(counts)
                raise

    def try_to_store(self) -> None:
        """Store in the background: a failure is logged, once."""
        try:
            self.store()
            self._complaint = None
        except DatabaseError as error:
            if str(error) != self._complaint:
                logger.warning("Counts and feedback cannot be stored. %s", error)
            self._complaint = str(error)

    def days(self, checkpoint: str) -> list[DayCounts]:
        """Read the counts of the latest days, unstored ones included; scores are those of one checkpoint.

        Raises
        ------
        DatabaseError
            If they cannot be read.
        """
        self.store()
        return self._storage.database().days(DAYS_SHOWN, _key(checkpoint))

    def window(self, checkpoint: str, days: int) -> dict[Trait, list[int]]:
        """Read the histograms of a checkpoint for the latest days, today included; raises as :meth:`days` does."""
        self.store()
        since = (self._storage.now().astimezone(UTC) - timedelta(days=days - 1)).strftime("%Y-%m-%d")
        return self._storage.database().histograms(_key(checkpoint), since)

    def agreements(self, champion: str, shadow: str) -> list[Agreement]:
        """Read how a champion and its shadow agreed over all days; raises as :meth:`days` does."""
        self.store()
        return self._storage.database().agreements(_key(champion), _key(shadow))

    def _day(self) -> str:
        return self._storage.now().astimezone(UTC).strftime("%Y-%m-%d")


def _key(checkpoint: str) -> str:
    return checkpoint[:CHECKPOINT_CHARACTERS]
