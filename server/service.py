"""The parts of one server process, and its background work."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from fake_news.common.errors import CheckpointError
from fake_news.database.lazy_database import LazyDatabase
from fake_news.database.verdict_counts import VerdictCounts
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.imported.database import ImportedDatabase
from fake_news.monitoring.drift import read_thresholds
from server import limits
from server.access.users import Users, digest
from server.configuration import Configuration
from server.judging.ab_test import Split, installation_id
from server.judging.checker import Checker
from server.judging.live_detector import FactCheckCopy, LiveDetector, LoadedDetector
from server.judging.request_queue import RequestQueue
from server.judging.shadow import Shadow
from server.judging.verdict_cache import VerdictCache
from server.monitoring.metrics import Metrics

if TYPE_CHECKING:
    from server.language_model.judge import LanguageModelJudge

logger = logging.getLogger(__name__)

CHECKPOINT_SECONDS = 1.0
"""Seconds between looks for another checkpoint."""
SHARED_SECONDS = 10.0
"""Seconds between looks for changed shared fact-checks."""
STORING_SECONDS = 10.0
"""Seconds of counts that a crash can lose."""
FIRST_STORING_SECONDS = 1.0
"""Seconds after the start when unusable storage is reported: not at once, as the first verdict should not wait."""


class Service:
    """The parts of one server.

    Parameters
    ----------
    configuration : Configuration
        Its settings.

    Raises
    ------
    PlumblineError
        If there is no usable checkpoint, or no usable shadow or challenger where one was named, if the
        thresholds cannot be read, or if a language model has not earned its policy.
    """

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self.thresholds = read_thresholds()
        self._shared = (
            FactCheckCopy(shared, configuration.data_folder) if (shared := configuration.fact_checks) else None
        )
        if self._shared:
            self._shared.refresh()
        self.detector = LiveDetector(configuration.checkpoint, ImportedDatabase(configuration.data_folder))
        self.storage = LazyDatabase(configuration.data_folder, configuration.database_url)
        self.users = Users(self.storage)
        self.statistics = VerdictCounts(self.storage)
        self.metrics = Metrics(configuration.shadow is not None, configuration.challenger is not None)
        self.cache = VerdictCache(limits.CACHE_BYTES)
        self.shadow = _shadow(configuration, self.statistics, self.metrics)
        self.checker = Checker(self.detector, self.cache, self.statistics, self.metrics, self.shadow)
        self.split = _split(configuration, self.champion)
        self._challengers_checker = (
            Checker(self.split.challenger, self.cache, self.statistics, self.metrics) if self.split else self.checker
        )
        self.queue = RequestQueue(limits.JUDGED_AT_ONCE, limits.WAITING_REQUESTS, self.metrics)
        self.language_model = _language_model(configuration, self._detectors())
        self._stopped = Event()
        self._start_lock = Lock()
        self._started_in: int | None = None

    @property
    def champion(self) -> Detector:
        """The detector in use, which a challenger or a shadow is compared with."""
        return self.detector.current

    def detector_for(self, user: str | None) -> Detector:
        """Return the detector that judges for a user, or for those without a token of their own."""
        return self.loaded_for(user).detector

    def loaded_for(self, user: str | None) -> LoadedDetector:
        """Return the same detector with its generation."""
        return (self.split.challenger if self.split and self.split.takes(user) else self.detector).loaded

    def checker_for(self, user: str | None) -> Checker:
        """Return the checker that answers the checks of a user."""
        return self._challengers_checker if self.split and self.split.takes(user) else self.checker

    def _detectors(self) -> list[LiveDetector]:
        return [self.detector, self.split.challenger] if self.split else [self.detector]

    def start(self) -> None:
        """Start the background work, once a process: gunicorn's workers are forks, which have no threads yet."""
        if self._started_in == os.getpid():
            return
        with self._start_lock:
            if self._started_in != os.getpid():
                self._started_in = os.getpid()
                for detector in self._detectors():
                    self._repeat(CHECKPOINT_SECONDS, CHECKPOINT_SECONDS, detector.refresh)
                self._repeat(FIRST_STORING_SECONDS, STORING_SECONDS, self.statistics.try_to_store)
                if self._shared:
                    self._repeat(SHARED_SECONDS, SHARED_SECONDS, self._shared.refresh)
                if self.shadow:
                    self.shadow.start()

    def stop(self) -> None:
        """Store what is not stored yet."""
        self._stopped.set()
        self.statistics.try_to_store()
        self.storage.close()

    def _repeat(self, first: float, seconds: float, work: Callable[[], None]) -> None:
        def run() -> None:
            wait = first
            while not self._stopped.wait(wait):
                wait = seconds
                try:
                    work()
                except Exception as error:  # noqa: BLE001  # the next attempt may succeed: the thread must not end
                    logger.error("%s failed (%s).", work.__qualname__, type(error).__name__)

        Thread(target=run, name=work.__qualname__, daemon=True).start()


def _language_model(configuration: Configuration, detectors: Iterable[LiveDetector]) -> LanguageModelJudge | None:
    if configuration.judge is None:
        return None
    from server.language_model.judge import LanguageModelJudge  # rarely used, so that most servers start without it

    return LanguageModelJudge(configuration.judge, [detector.loaded for detector in detectors])


def _shadow(configuration: Configuration, statistics: VerdictCounts, metrics: Metrics) -> Shadow | None:
    if configuration.shadow is None:
        return None
    try:
        detector = Detector.load(configuration.shadow, ImportedDatabase(configuration.data_folder))
    except CheckpointError as error:
        raise CheckpointError(f"The shadow cannot be used. {error.message}", _SHADOW_ADVICE) from error
    return Shadow(detector, statistics, metrics)


_SHADOW_ADVICE = "Name the folder of a whole checkpoint with --shadow, or start without it."


def _split(configuration: Configuration, champion: Detector) -> Split | None:
    if configuration.challenger is None:
        return None
    try:
        challenger = LiveDetector(configuration.challenger, ImportedDatabase(configuration.data_folder))
    except CheckpointError as error:
        raise CheckpointError(f"The challenger cannot be used. {error.message}", _CHALLENGER_ADVICE) from error
    version, share = challenger.current.version, configuration.challenger_share
    if version == champion.version:
        raise CheckpointError(f"Champion and challenger are both {version}.", _CHALLENGER_ADVICE)
    logger.info("Challenger %s judges for %g %% of the installations.", version, 100 * share)
    token = configuration.access.token
    return Split(challenger, share, digest(token) if token else installation_id(configuration.data_folder))


_CHALLENGER_ADVICE = "Name the folder of another whole checkpoint with --challenger, or start without it."
