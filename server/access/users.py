"""Users and groups who may ask besides the administrator, each with a token that can be revoked.

A token is 256 random bits, so that its plain SHA-256 tells nothing of it: there is nothing to guess it from.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Mapping
from threading import Lock

from fake_news.database.storage import Storage, StorageError

logger = logging.getLogger(__name__)

REFRESH_SECONDS = 5.0
"""How long a revoked token may still be answered; every process looks for itself."""


def digest(token: str) -> str:
    """What a token is stored and looked up by."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Users:
    """Knows the names behind tokens.

    Parameters
    ----------
    storage : Storage
        Where they are.
    now : callable
        A monotonic clock.
    """

    def __init__(self, storage: Storage, now: Callable[[], float] = time.monotonic) -> None:
        self._storage = storage
        self._now = now
        self._lock = Lock()
        self._names: Mapping[str, str] = {}
        self._next_look: float | None = None

    def name(self, token: str) -> str | None:
        """Whose token it is, if anybody's."""
        with self._lock:
            if self._next_look is None or self._now() >= self._next_look:
                self._look()
            return self._names.get(digest(token))

    def _look(self) -> None:
        """Read them; while the database cannot be used, those that were known stay, as judging goes on too."""
        self._next_look = self._now() + REFRESH_SECONDS
        try:
            database = self._storage.database()
            from fake_news.database.database import all_tokens

            self._names = {token.digest: token.name for token in all_tokens(database)}
        except StorageError as error:
            logger.warning("Tokens of users cannot be read now: %s", error)
