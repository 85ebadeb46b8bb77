"""The cache of verdicts: pages are checked again as readers scroll and come back."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from fake_news.monitoring.traits import Observation

# Measured on CPython 3.11 as growth of the resident set, with blocks of 1 to 100 statements; a test compares them.
_ENTRY_BYTES = 330
"""Approximate bytes of an entry besides its JSON and its observations."""
_OBSERVATION_BYTES = 112
"""Approximate bytes of one observation: a tuple of six and its slot; small integers are shared."""


@dataclass(frozen=True, slots=True)
class TextVerdicts:
    """A text's verdicts, ready to be sent and counted; the text itself is not kept."""

    statements_json: str
    observations: tuple[Observation, ...]


class VerdictCache:
    """A least-recently-used cache, limited in bytes.

    Parameters
    ----------
    most_bytes : int
        Approximate limit of its memory.
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
        """Compute the key of a text's verdicts; ``source`` identifies all that they depend on besides the text."""
        digest = hashlib.blake2b(source.encode(), digest_size=16)
        digest.update(b"\0")
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.digest()

    def get(self, key: bytes) -> TextVerdicts | None:
        """Look up the verdicts under a key."""
        with self._lock:
            verdicts = self._entries.get(key)
            if verdicts is not None:
                self._entries.move_to_end(key)
            return verdicts

    def put(self, key: bytes, verdicts: TextVerdicts) -> None:
        """Store verdicts, and evict the least recently used ones if necessary."""
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
