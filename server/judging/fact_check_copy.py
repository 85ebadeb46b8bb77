"""A local copy of imported fact-checks that several servers share, such as on a volume.

SQLite writes beside a database even to read it, which a read-only volume does not allow, and a file that is replaced
while it is open confuses it.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from fake_news.common.files import replacing
from fake_news.detection.factchecks.imported.database import FILE_NAME

logger = logging.getLogger(__name__)


class FactCheckCopy:
    """Keeps a copy of another folder's imported fact-checks in the data folder.

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
        """Copy what is there now, unless that is what is here; several processes may do so at once."""
        try:
            there = self._source.stat().st_mtime_ns
            if self._target.exists() and self._target.stat().st_mtime_ns == there:
                return
            self._copy(there)
        except FileNotFoundError:
            return  # nothing was imported there, or not yet
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
                connection.execute("PRAGMA journal_mode = DELETE")  # so that readers write nothing beside it
                connection.execute("SELECT count(*) FROM sqlite_master")
            os.utime(draft, ns=(written, written))
