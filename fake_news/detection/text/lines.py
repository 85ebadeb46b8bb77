"""Lines of a text; two lines with a line break within a sentence are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BREAK = re.compile("[\n\r\v\f\x85\u2028\u2029]+")
_WRAPS = re.compile("\r?\n")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOPS = re.compile(r"[.!?…]")
_UNFINISHED = frozenset(
    """a an the of in on at by to for with from and or but that which who as than is are was were into over under
    between about its their his her our my your""".split()
)


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Find start and end of each line; the lines of one wrapped sentence count as one.

    A break is within a sentence if the line before begins with a capital and has no full stop, if the next begins with
    a small letter or the line before cannot end a sentence ("… in 2010 by"), and if a full stop follows in the end.
    Without the last condition, "Crime rose in May ⏎ read more" would be one statement.
    """
    lines, breaks, at = [], [], 0
    for found in _BREAK.finditer(text):
        lines.append((at, found.start()))
        breaks.append(bool(_WRAPS.fullmatch(found[0])))
        at = found.end()
    lines.append((at, len(text)))
    first = 0
    while first < len(lines):
        last = first
        while last < len(breaks) and breaks[last] and _goes_on(text, lines[first], lines[last], lines[last + 1]):
            last += 1
        if last > first and _STOPS.search(text, lines[last][0], lines[last][1]) is None:
            yield from lines[first : last + 1]
        else:
            yield lines[first][0], lines[last][1]
        first = last + 1


def _goes_on(text: str, first: tuple[int, int], line: tuple[int, int], following: tuple[int, int]) -> bool:
    words = _WORD.findall(text[line[0] : line[1]])
    begins, next_begins = _WORD.search(text, *first), _WORD.match(text, *following)
    if not words or begins is None or next_begins is None or not begins[0][0].isupper():
        return False
    if not text[line[1] - 1].isalnum() and text[line[1] - 1] not in ",":
        return False
    return words[-1] in _UNFINISHED or next_begins[0].islower()
