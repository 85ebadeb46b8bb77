"""The detector in use, exchanged while the server runs when another checkpoint becomes current."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.errors import CheckpointError
from fake_news.detection.checkpoint_folders import current_checkpoint, has_current
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.known_fact_checks import ImportedFactChecks

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LoadedDetector:
    """A detector and its generation.

    Attributes
    ----------
    generation : 1 for the first that was loaded from a place; retraining may keep a version's name
    """

    detector: Detector
    generation: int

    @property
    def source(self) -> str:
        """What verdicts depend on besides the text."""
        detector = self.detector
        return f"{self.generation} {detector.version} {detector.fingerprint} {detector.fact_checks_version}"


class LiveDetector:
    """Loads a checkpoint, and whatever takes its place.

    A request takes ``loaded`` or ``current`` once and keeps to it, so that a switch in between goes unnoticed.

    Parameters
    ----------
    place : Path
        A checkpoint folder, or a folder of such with a file ``current`` or ``default`` that names one of them.
    imported : ImportedFactChecks, optional
        Those that the reader imported.

    Raises
    ------
    CheckpointError
        If there is no usable checkpoint.
    """

    def __init__(self, place: Path, imported: ImportedFactChecks | None = None) -> None:
        self._place = place
        self._imported = imported
        self._seen = self._look()
        self.loaded = LoadedDetector(Detector.load(self._path(), self._imported), 1)

    @property
    def current(self) -> Detector:
        """The detector that judges now."""
        return self.loaded.detector

    def refresh(self) -> None:
        """Look whether there is another checkpoint now, and use it; one that cannot be used is reported and ignored."""
        seen = self._look()
        if seen == self._seen:
            return
        self._seen = seen
        try:
            detector = Detector.load(self._path(), self._imported)
        except CheckpointError as error:
            logger.error("Still judging with checkpoint %s. %s", self.current.version, error)
            return
        self.loaded = LoadedDetector(detector, self.loaded.generation + 1)
        logger.info("Now judging with checkpoint %s.", detector.version)

    def _path(self) -> Path:
        return current_checkpoint(self._place) if has_current(self._place) else self._place

    def _look(self) -> tuple[tuple[str, int, int], ...]:
        """Names, times and sizes of the checkpoint's files: they differ where there is another checkpoint."""
        try:
            files = sorted(self._path().iterdir())
            return tuple((str(file), (status := file.stat()).st_mtime_ns, status.st_size) for file in files)
        except (CheckpointError, OSError):
            return ()
