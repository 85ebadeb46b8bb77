"""The detector in use, exchanged while the server runs when another checkpoint becomes current.

And the local copy of the imported fact-checks that several servers share, exchanged when those change.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from fake_news.common.errors import CheckpointError
from fake_news.common.files import replacing
from fake_news.detection.checkpoint_folders import current_checkpoint, has_current
from fake_news.detection.detector import Detector
from fake_news.detection.factchecks.fact_check_collection import ImportedFactChecks
from fake_news.detection.factchecks.imported.database import FILE_NAME

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
        """All that verdicts depend on besides the text, as a key for caches."""
        detector = self.detector
        return f"{self.generation} {detector.version} {detector.fingerprint} {detector.fact_checks_version}"


class LiveDetector:
    """Loads a checkpoint, and later ones that replace it.

    A request reads ``loaded`` or ``current`` once and uses that, so that a switch in between does not affect it.

    Parameters
    ----------
    place : Path
        A checkpoint folder, or a folder of such with a file ``current`` or ``default`` that names one of them.
    imported : ImportedFactChecks, optional
        The imported fact-checks.

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
        """Switch to another checkpoint if there is one now; one that cannot be used is logged and ignored."""
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


class FactCheckCopy:
    """Keeps a copy of another folder's imported fact-checks, such as on a volume, in the data folder.

    SQLite writes beside a database even to read it, which a read-only volume does not allow, and a file that is
    replaced while it is open confuses it.

    Parameters
    ----------
    source : Path
        The folder where ``python -m fake_news factchecks import --data-folder`` has put them.
    folder : Path
        The data folder.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        self._source = source / FILE_NAME
        self._target = folder / FILE_NAME
        self._was_reported = False

    def refresh(self) -> None:
        """Update the copy if the source has changed; several processes may do so at once."""
        try:
            there = self._source.stat().st_mtime_ns
            if self._target.exists() and self._target.stat().st_mtime_ns == there:
                return
            self._copy(there)
        except FileNotFoundError:
            return  # nothing has been imported there yet
        except (OSError, sqlite3.Error) as error:
            if not self._was_reported:
                logger.error("The fact-checks in %s cannot be copied (%s).", self._source, type(error).__name__)
            self._was_reported = True
            return
        self._was_reported = False
        logger.info("Now comparing with the fact-checks in %s.", self._source)

    def _copy(self, written: int) -> None:
        self._target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(self._target) as draft:
            shutil.copyfile(self._source, draft)
            draft.chmod(0o600)
            with closing(sqlite3.connect(draft)) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")  # so that readers write no files beside it
                connection.execute("SELECT count(*) FROM sqlite_master")
            os.utime(draft, ns=(written, written))
