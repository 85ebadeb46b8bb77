"""The cache of verdicts: a page is checked again and again while its reader scrolls and comes back."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from fake_news.monitoring.traits import Observation

# Measured on CPython 3.11 as growth of the resident set, with blocks of 1 to 100 statements; a test compares them.
_ENTRY_BYTES = 330
"""Bytes that an entry takes besides its JSON and its observations, about: its key, its place, its objects."""
_OBSERVATION_BYTES = 112
"""Bytes of one observation, about: a tuple of six, and the place that holds it; its small numbers are shared."""


@dataclass(frozen=True, slots=True)
class TextVerdicts:
    """A text's verdicts, ready to be sent and counted; the text itself is not kept."""

    statements_json: str
    observations: tuple[Observation, ...]


class VerdictCache:
    """Keeps what was used last, up to a number of bytes.

    Parameters
    ----------
    most_bytes : int
        How much memory it may take, about.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._entries: OrderedDict[bytes, TextVerdicts] = OrderedDict()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._entries)

    @staticmethod
    def key(source: str, text: str) -> bytes:
        """What a text's verdicts are kept under; ``source`` names all that they depend on besides the text."""
        digest = hashlib.blake2b(source.encode(), digest_size=16)
        digest.update(b"\0")
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def get(self, key: bytes) -> TextVerdicts | None:
        """The verdicts under a key."""
        with self._lock:
            verdicts = self._entries.get(key)
            if verdicts is not None:
                self._entries.move_to_end(key)
            return verdicts

    def put(self, key: bytes, verdicts: TextVerdicts) -> None:
        """Keep verdicts; what was not used for longest makes room."""
        with self._lock:
            if key in self._entries:
                return
            self._entries[key] = verdicts
            self.bytes += _size(verdicts)
            while self.bytes > self._most_bytes:
                _, oldest = self._entries.popitem(last=False)
                self.bytes -= _size(oldest)


def _size(verdicts: TextVerdicts) -> int:
    return _ENTRY_BYTES + len(verdicts.statements_json) + _OBSERVATION_BYTES * len(verdicts.observations)
