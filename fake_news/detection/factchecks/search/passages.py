"""Passages: a statement that is longer than the encoder reads, cut into clauses that it reads whole."""

from __future__ import annotations

import re
from collections.abc import Callable

_CLAUSE_END = re.compile(r"(?<=[;:,–—])\s+|\s+(?=(?:and|but|while|because|which|that|although)\s)|(?<=[.!?…])\s+")
_WORDS_AT_MOST = 40
"""Of a piece that no mark divides; no word has so many tokens that forty would not be read."""


def passages(text: str, fits: Callable[[str], bool]) -> list[str]:
    """The text itself where it fits, else runs of its clauses that fit, in order; nothing of it is left out.

    >>> passages("One clause, and another one.", lambda part: len(part) < 20)
    ['One clause,', 'and another one.']
    """
    if fits(text):
        return [text]
    parts: list[str] = []
    for piece in _pieces(text):
        longer = f"{parts[-1]} {piece}" if parts else piece
        if parts and fits(longer):
            parts[-1] = longer
        else:
            parts.append(piece)
    return parts


def _pieces(text: str) -> list[str]:
    pieces = []
    for clause in filter(None, _CLAUSE_END.split(text)):
        words = clause.split()
        pieces += [" ".join(words[i : i + _WORDS_AT_MOST]) for i in range(0, len(words), _WORDS_AT_MOST)]
    return pieces
