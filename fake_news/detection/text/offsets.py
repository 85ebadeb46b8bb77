"""Offsets in UTF-16 code units, as JavaScript counts them, from offsets in code points.

Otherwise one emoji in a paragraph would shift every later highlight by one.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import compress


class Utf16Offsets:
    """Converts code-point offsets of one text into UTF-16 code units.

    A lone surrogate counts one unit, as in JavaScript.
    """

    def __init__(self, text: str) -> None:
        self.length = len(text)
        # isascii() only reads a flag, and most blocks are ASCII.
        self._astral = [] if text.isascii() else list(compress(range(len(text)), (char > "\uffff" for char in text)))

    def __call__(self, offset: int) -> int:
        """Return the UTF-16 offset of the code point at ``offset`` (0 ≤ offset ≤ length of the text)."""
        return offset + bisect_left(self._astral, offset)


def utf16_length(text: str) -> int:
    """Return the length of ``text`` in UTF-16 code units."""
    return Utf16Offsets(text)(len(text))
