"""JSON files of any size, one entry at a time: a feed may have more bytes than the machine has memory.

Streaming parsers such as ijson stop at the first wrong byte; this one skips a broken entry and reads on, because
feeds are written by hundreds of publishers' programs and some entries are always broken.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NoReturn

from fake_news.detection.factchecks.imported.byte_stream import incremental_decoder
from fake_news.detection.factchecks.imported.errors import ImportedFactChecksError

_CHUNK = 1 << 18
_LONGEST_ENTRY = 1 << 24
_LONGEST_LITERAL = 16  # "Infinity" may be cut at the end of the part that was read
_LISTS = frozenset(
    {"dataFeedElement", "@graph", "itemListElement", "claims", "claimReviews", "claimReviewMarkupPages", "items"}
)
_BETWEEN = re.compile(r"[ \t\r\n,\x1e]*")  # \x1e begins a record of a JSON text sequence
_DEEPEST = 3  # lists in lists that are read entry by entry; what lies deeper is one entry
_FEEDS = frozenset({"dataFeedElement", "claims", "claimReviewMarkupPages"})
_LIST_AHEAD = re.compile(rf'"(?:{"|".join(map(re.escape, sorted(_LISTS)))})"\s*:\s*\[')
_BRACE = re.compile(r"[{}]")
_decoder = json.JSONDecoder(strict=False)  # line breaks within strings occur
_TOO_LARGE, _BROKEN = object(), object()

Skip = Callable[[str, int], None]
"""Called with the reason why an entry is skipped, and its number."""


def entries(
    file: BinaryIO, name: str, encoding: str = "utf-8-sig", skip: Skip = lambda reason, number: None
) -> Iterator[tuple[int, Any]]:
    """Read the entries of a JSON file, numbered: of a list, of an object's list, or objects one after another.

    Parameters
    ----------
    file : opened for bytes
    name : what to call it in errors

    Raises
    ------
    ImportedFactChecksError
        If it is not JSON at all, or ends too early; the message says at which entry.
    """
    text = _Text(file, name, encoding, skip)
    while text.next():
        yield from _values(text, depth=0)
    if not text.entries and not text.lists:
        raise ImportedFactChecksError(f"{name} holds no entry.", "Is it the right file?")


def _values(text: _Text, depth: int) -> Iterator[tuple[int, Any]]:
    """Read the entries of the next value."""
    if text.next() == "[" and depth < _DEEPEST:
        text.lists += 1
        text.step()
        while text.next(expected="the end of its list") != "]":
            yield from _values(text, depth + 1)
        text.step()
    elif (entry := text.entry_at_once()) is not _TOO_LARGE and entry is not _BROKEN:
        yield from _elements(text, entry)
    elif text.next() == "{" and (entry is _TOO_LARGE or text.has_list_before_the_break()):
        yield from _members(text, depth)
    elif entry is _BROKEN:
        text.skip_object()
    else:
        entry = text.entry()
        yield text.entries, entry


def _elements(text: _Text, entry: Any) -> Iterator[tuple[int, Any]]:
    """Yield the elements of a feed that was read as a whole, else the entry itself."""
    elements = next((entry[name] for name in _FEEDS & entry.keys()), None) if isinstance(entry, dict) else None
    if not isinstance(elements, list):
        yield text.entries, entry
        return
    text.entries -= 1
    for element in elements:
        text.entries += 1
        yield text.entries, element


def _members(text: _Text, depth: int) -> Iterator[tuple[int, Any]]:
    """Yield the entries in the lists of an object too large to be read at once, then the object without these lists."""
    text.step()
    members: dict[str, Any] = {}
    while text.next(expected="the end of its object") != "}":
        key = text.value()
        if not isinstance(key, str) or text.next() != ":":
            text.refuse("a name and a colon are missing")
        text.step()
        if key in _LISTS and text.next() == "[":
            yield from _values(text, depth + 1)
        else:
            members[key] = text.value()
    text.step()
    if "claimReviewed" in members:
        text.entries += 1
        yield text.entries, members


class _Text:
    """The decoded part of a file that is not consumed yet.

    Attributes
    ----------
    entries, lists : how many of each were started
    """

    def __init__(self, file: BinaryIO, name: str, encoding: str, skip: Skip) -> None:
        self._file = file
        self._name = name
        self._skip = skip
        self._decode = incremental_decoder(encoding)
        self._ended = False
        self._problem, self._broken_at = "", 0
        self._buffer = ""
        self._place = 0
        self.entries = self.lists = 0

    def next(self, expected: str = "") -> str:
        """Return the first character of the next value or mark, empty at the end of the file.

        Parameters
        ----------
        expected : what must still come; if the file ends instead, it is refused
        """
        while True:
            if between := _BETWEEN.match(self._buffer, self._place):
                self._place = between.end()
            if self._place < len(self._buffer):
                return self._buffer[self._place]
            if not self._more():
                if expected:
                    self.refuse(f"the file ends before {expected}")
                return ""

    def step(self) -> None:
        """Skip the character that :meth:`next` returned."""
        self._place += 1

    def entry_at_once(self) -> Any:
        """Return the next value and count it as an entry.

        ``_TOO_LARGE`` if it is longer than a chunk, ``_BROKEN`` if it is an object and certainly not JSON.
        """
        while True:
            try:
                value, end = _decoder.raw_decode(self._buffer, self._place)
                if end < len(self._buffer) or self._ended:  # a number at the very end may go on
                    self.entries += 1
                    self._place = end
                    return value
            except (ValueError, RecursionError) as error:
                if self._buffer[self._place] == "{" and self._is_broken(error):
                    self._problem = _problem(error)
                    self._broken_at = getattr(error, "pos", self._place)
                    return _BROKEN
            if len(self._buffer) - self._place >= _CHUNK:
                return _TOO_LARGE
            if not self._more() and self._ended:
                return self.entry()

    def _is_broken(self, error: ValueError | RecursionError) -> bool:
        """Whether reading more of the file cannot make the next value JSON."""
        if not isinstance(error, json.JSONDecodeError):
            return True
        return not error.msg.startswith("Unterminated") and error.pos < len(self._buffer) - _LONGEST_LITERAL

    def has_list_before_the_break(self) -> bool:
        """Whether the next object may hold a list of entries of which one is broken."""
        return bool(_LIST_AHEAD.search(self._buffer, self._place, self._broken_at))

    def skip_object(self) -> None:
        """Skip an object that is not JSON by counting braces: they are rare in texts, unlike quotation marks."""
        depth, place = 0, self._place
        while True:
            for brace in _BRACE.finditer(self._buffer, place):
                depth += 1 if brace[0] == "{" else -1
                if not depth:
                    self.entries += 1
                    self._place = brace.end()
                    self._skip(f"not JSON ({self._problem})", self.entries)
                    return
            place = len(self._buffer) - self._place
            if place > _LONGEST_ENTRY or not self._more():
                self.entries += 1
                self.refuse(self._problem)

    def entry(self) -> Any:
        """Return the next value and count it as an entry."""
        self.entries += 1
        return self.value()

    def value(self) -> Any:
        """Return the next value."""
        self.next(expected="a value")
        while True:
            try:
                value, end = _decoder.raw_decode(self._buffer, self._place)
                if end < len(self._buffer) or not self._more():  # a number at the very end may go on
                    self._place = end
                    return value
            except (ValueError, RecursionError) as error:
                if len(self._buffer) - self._place > _LONGEST_ENTRY or not self._more():
                    self.refuse(_problem(error))

    def refuse(self, problem: str) -> NoReturn:
        """Refuse the file."""
        raise ImportedFactChecksError(
            f"{self._name}, entry {max(self.entries, 1)}: not JSON ({problem}).",
            "Download the file again. Nothing was imported.",
        )

    def _more(self) -> bool:
        """Read more, and drop what was consumed; ``False`` at the end."""
        if self._ended:
            return False
        content = self._file.read(max(_CHUNK, len(self._buffer) - self._place))
        self._ended = not content
        self._buffer = self._buffer[self._place :] + self._decode.decode(content, final=self._ended)
        self._place = 0
        return not self._ended


def _problem(error: ValueError | RecursionError) -> str:
    match error:
        case json.JSONDecodeError():
            return error.msg
        case RecursionError():
            return "it is nested too deeply"
        case _:
            return "it holds a number with thousands of digits"
